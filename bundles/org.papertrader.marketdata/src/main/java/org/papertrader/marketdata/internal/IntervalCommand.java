package org.papertrader.marketdata.internal;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.shell.text.Failed;
import org.papertrader.shell.text.Typed;
import org.papertrader.shell.text.Words;

/** Shell commands of scope {@code interval}. */
@Component(
        service = IntervalCommand.class,
        property = {
            "osgi.command.scope=interval",
            "osgi.command.function=show",
            "osgi.command.function=set",
            "osgi.command.function=run"
        })
public final class IntervalCommand {
    private static final long WAIT_SECONDS = 30;
    private static final String SHOW = "interval:show [--json]";
    private static final String SET = "interval:set DURATION, such as 500ms, 30s, 5m, 2h or 1d";
    private static final String RUN = "interval:run [--json]";
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private final MarketEngine engine;

    @Activate
    public IntervalCommand(@Reference MarketDataComponent component) {
        this(component.engine());
    }

    IntervalCommand(MarketEngine engine) {
        this.engine = engine;
    }

    /** The last interval, market time and when the next one begins. */
    @Descriptor("shows the last update interval, market time, and when the next one begins")
    public String show(
            @Descriptor("as JSON, for scripts")
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("nothing more") String... words) {
        Typed.none(words, SHOW);
        return engine.report().interval().text(json);
    }

    /** Sets the length of intervals (VAR-4); by {@code config:set}, so that there is one writer of the operator's files. */
    @Descriptor("sets the length of update intervals (VAR-4), at once and after the next start too")
    public String set(
            CommandSession session, @Descriptor("such as 500ms, 30s, 5m, 2h, 1d; from 100ms to 7d") String... duration)
            throws Exception {
        Duration length = length(Typed.one(duration, SET));
        String answer = OperatorValue.set(session, "intervalMs", Long.toString(length.toMillis()));
        String warning = engine.report()
                .tooShort(length)
                .map(line -> "beware: " + line + "\n")
                .orElse("");
        return answer.isEmpty()
                ? "an interval takes " + Typed.one(duration, SET).toLowerCase(Locale.ROOT) + "\n" + warning
                : answer;
    }

    private static Duration length(String text) {
        Matcher parts = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new Failed("'" + Words.printable(text) + "' is no duration; usage: " + SET);
        }
        long millis = Long.parseLong(parts.group(1)) * unitMillis(parts.group(2));
        if (millis < Settings.INTERVAL_MILLIS_MIN || millis > Settings.INTERVAL_MILLIS_MAX) {
            throw new Failed("an interval takes 100ms to 7d, not " + text);
        }
        return Duration.ofMillis(millis);
    }

    private static long unitMillis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
    }

    /** Runs an interval now and shows it. */
    @Descriptor("runs an update interval now, and shows it")
    public String run(
            @Descriptor("as JSON, for scripts")
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("nothing more") String... words)
            throws InterruptedException, ExecutionException {
        Typed.none(words, RUN);
        try {
            engine.runNow().get(WAIT_SECONDS, TimeUnit.SECONDS);
            return engine.report().interval().text(json);
        } catch (TimeoutException e) {
            throw new Failed("still running after " + WAIT_SECONDS + " s");
        }
    }
}
