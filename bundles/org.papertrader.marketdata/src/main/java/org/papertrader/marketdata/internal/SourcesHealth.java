package org.papertrader.marketdata.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.papertrader.assets.api.Capabilities;

/** Whether sources bring values as often as they should, and may go on doing so. */
@Component(
        service = HealthCheck.class,
        configurationPid = "org.papertrader.marketdata.health",
        property = {"hc.name=sources", "hc.tags=papertrader", "side=master"})
@Designate(ocd = SourcesHealth.Config.class)
public final class SourcesHealth implements HealthCheck {
    private static final int PERCENT = 100;

    private final Supplier<Vitals> vitals;
    private final Config config;

    /** Configuration, PID {@code org.papertrader.marketdata.health}. */
    @ObjectClassDefinition(name = "Health: market data", description = "When sources are worth a warning")
    public @interface Config {
        /** Age of values. */
        @AttributeDefinition(description = "Intervals without an answer of any source that are too many", min = "1")
        int missedIntervalsMax() default 3;

        /** Age of values where intervals are short. */
        @AttributeDefinition(description = "Milliseconds without an answer that are never too many", min = "0")
        long silenceMs() default 10_000;

        /** Quota left. */
        @AttributeDefinition(description = "Percent of a quota below which it warns", min = "0", max = "100")
        int quotaWarnPercent() default 10;
    }

    @Activate
    public SourcesHealth(@Reference MarketDataComponent component, Config config) {
        this(() -> component.engine().vitals(), config);
    }

    SourcesHealth(Supplier<Vitals> vitals, Config config) {
        this.vitals = vitals;
        this.config = config;
    }

    @Override
    public Result execute() {
        Vitals now = vitals.get();
        List<Capabilities> order = now.market().order();
        if (order.isEmpty()) {
            return new Result(
                    Result.Status.CRITICAL,
                    "there is no source of assets: start its bundle or install a feature with one");
        }
        if (now.ready() && now.market().clock().isAtEnd() && !now.market().isOpen()) {
            return new Result(
                    Result.Status.WARN,
                    "the replayed data has ended, the market is closed for good: begin anew with an empty data"
                            + " directory, or name other data (org.papertrader.assets.replay:directory)");
        }
        List<String> warnings = new ArrayList<>();
        order.forEach(source -> quota(now, source).ifPresent(warnings::add));
        Optional<Result> silence = silence(now, order, warnings);
        if (silence.isPresent()) {
            return silence.get();
        }
        String first = order.get(0).id();
        return warnings.isEmpty()
                ? new Result(Result.Status.OK, first + " " + age(now, first) + ", of " + order.size() + " sources")
                : new Result(Result.Status.WARN, String.join("; ", warnings));
    }

    /** Nobody answers, or only who stands in for the preferred one. */
    private Optional<Result> silence(Vitals now, List<Capabilities> order, List<String> warnings) {
        if (now.ready() && !now.market().isOpen()) {
            // Closed exchanges are not asked.
            return Optional.empty();
        }
        Duration most = now.market().settings().interval().multipliedBy(config.missedIntervalsMax());
        Duration limit = most.toMillis() < config.silenceMs() ? Duration.ofMillis(config.silenceMs()) : most;
        Instant since = now.wall().instant().minus(limit);
        String preferred = order.get(0).id();
        if (now.market().lastValues().isBefore(since)) {
            return Optional.of(new Result(
                    Result.Status.CRITICAL,
                    "no source has had a value for " + seconds(now, now.market().lastValues()) + " s: " + preferred
                            + " " + age(now, preferred) + failure(now, preferred) + "; see assets:sources"));
        }
        if (now.sources().state(preferred).lastAnswer().filter(since::isBefore).isEmpty()) {
            warnings.add(preferred + " " + age(now, preferred) + failure(now, preferred) + "; another one stands in");
        }
        return Optional.empty();
    }

    private Optional<String> quota(Vitals now, Capabilities source) {
        OptionalInt left = now.quotas().left(source);
        int calls = source.quotas().stream()
                .mapToInt(Capabilities.Quota::calls)
                .min()
                .orElse(0);
        return left.isPresent() && (long) left.getAsInt() * PERCENT < (long) calls * config.quotaWarnPercent()
                ? Optional.of(source.id() + " has " + left.getAsInt()
                        + " calls left: raise org.papertrader.marketdata:intervalMs, or retrieve fewer symbols")
                : Optional.empty();
    }

    private static long seconds(Vitals now, Instant since) {
        return Duration.between(since, now.wall().instant()).toSeconds();
    }

    private static String age(Vitals now, String id) {
        return now.sources()
                .state(id)
                .lastAnswer()
                .map(at -> "answered " + seconds(now, at) + " s ago")
                .orElse("never answered");
    }

    private static String failure(Vitals now, String id) {
        String failure = now.sources().state(id).lastFailure();
        return failure.isEmpty() ? "" : " (" + failure + ")";
    }
}
