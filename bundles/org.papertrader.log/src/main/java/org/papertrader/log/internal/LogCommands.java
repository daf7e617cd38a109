package org.papertrader.log.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.internal.Arguments.UsageException;

/**
 * Shell commands of scope {@code log} that read the files. Made when the shell first asks: without one its types are not
 * there, and this class is never loaded.
 */
@Component(
        service = LogCommands.class,
        configurationPid = FileLog.PID,
        property = {"osgi.command.scope=log", "osgi.command.function=tail", "osgi.command.function=search"})
public final class LogCommands {

    static final int ENTRIES_DEFAULT = 20;
    static final int ENTRIES_MAX = 1_000;

    private static final String JSON = "--json";
    private static final String FULL = "--full";
    private static final String FOLLOW = "--follow";
    private static final String REGEX = "--regex";

    private static final int POLL_MS = 200;

    private final LogFiles files;
    private final Clock clock;
    private volatile boolean gone;

    /** Looks at the files that the configuration names. */
    @Activate
    public LogCommands(FileLog.Config config) {
        this(new LogFiles(FileLog.path(config)), Clock.systemUTC());
    }

    LogCommands(LogFiles files, Clock clock) {
        this.files = files;
        this.clock = clock;
    }

    /** Ends who follows: the file is another one, or this bundle goes. */
    @Deactivate
    void deactivate() {
        gone = true;
    }

    /** Shows the end of the log. */
    @Descriptor("shows the last entries of the log")
    public String tail(CommandSession session, String... typed) throws IOException, InterruptedException {
        try {
            Arguments arguments = Arguments.of(typed, Set.of(FOLLOW, FULL, JSON), Set.of());
            List<String> plain = arguments.plain();
            if (plain.size() > 1) {
                throw new UsageException("one number of entries");
            }
            int count = plain.isEmpty() ? ENTRIES_DEFAULT : Arguments.count(plain.get(0), ENTRIES_MAX);
            if (!arguments.has(FOLLOW)) {
                return text(files.last(count), arguments);
            }
            follow(session.getConsole(), count, arguments);
            return "";
        } catch (UsageException e) {
            throw e.withHelp("log:tail");
        }
    }

    /** Shows entries of some kind. */
    @Descriptor("looks for entries in all files of the log")
    public String search(String... typed) throws IOException {
        try {
            Arguments arguments = Arguments.of(typed, Set.of(REGEX, FULL, JSON), Search.VALUED);
            Search.Found found = Search.of(arguments, clock).in(files);
            return text(found.entries(), arguments) + (arguments.has(JSON) ? "" : summary(found));
        } catch (UsageException e) {
            throw e.withHelp("log:search");
        }
    }

    private void follow(PrintStream console, int count, Arguments arguments) throws IOException, InterruptedException {
        try (LogFollower follower = files.follow()) {
            console.print(text(files.last(count), arguments));
            console.flush();
            while (!gone && !console.checkError()) {
                TimeUnit.MILLISECONDS.sleep(POLL_MS);
                console.print(text(follower.more(), arguments));
            }
        }
    }

    private static String text(List<CapturedEntry> entries, Arguments arguments) {
        Function<CapturedEntry, String> format =
                arguments.has(JSON) ? JsonFormat::format : arguments.has(FULL) ? TextFormat::format : Columns::of;
        return entries.stream().map(format).collect(Collectors.joining());
    }

    private static String summary(Search.Found found) {
        String shown = found.entries().size() == found.count()
                ? ""
                : ", the last " + found.entries().size() + " shown";
        return found.count() + " found" + shown
                + (found.isWhole() ? "" : "; not all was looked through, that would take too long") + "\n";
    }
}
