package org.papertrader.log.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.papertrader.log.front.LogRing;
import org.papertrader.log.internal.RotatingFile.Limits;
import org.slf4j.event.Level;

/**
 * The log file (MST-17). A change of configuration starts it anew: what arrives meanwhile waits in the ring. Whatever
 * the ring holds is written, and on the disk, when this is deactivated; what it holds when the Java machine begins to
 * shut down is written at once, in case the rest does not end in order.
 */
@Component(service = FileLog.class, immediate = true, configurationPid = FileLog.PID)
@Designate(ocd = FileLog.Config.class)
public final class FileLog {

    static final String PID = "org.papertrader.log";
    static final String FILE_NAME = "papertrader.log";

    /** One entry always fits into one file. */
    static final long FILE_BYTES_FLOOR = 1 << 20;

    private final LogRing ring;
    private final LogWriter writer;
    private final DrainThread drainThread;
    private final Thread atShutdown;

    /** Configuration of the log file. */
    @ObjectClassDefinition(name = "Log", description = "Where the log is written and how much of it is kept")
    @interface Config {
        @AttributeDefinition(description = "Folder of the log files")
        String directory() default "data/log";

        @AttributeDefinition(
                options = {@Option("text"), @Option("json")},
                description = "text: lines for people; json: one JSON object a line, for machines")
        String format() default "text";

        @AttributeDefinition(
                min = "1048576",
                description = "Size in bytes at which a new file is begun, at least 1048576")
        long fileBytesMax() default 10_485_760;

        @AttributeDefinition(min = "1", description = "Age in hours at which a new file is begun, at least 1")
        int fileHoursMax() default 24;

        @AttributeDefinition(
                min = "2097152",
                description = "Size in bytes of all files together, at least twice that of one; the oldest are deleted")
        long totalBytesMax() default 104_857_600;

        @AttributeDefinition(
                options = {
                    @Option("TRACE"),
                    @Option("DEBUG"),
                    @Option("INFO"),
                    @Option("WARN"),
                    @Option("ERROR"),
                    @Option("OFF")
                },
                description = "Lowest level that also goes to standard error: TRACE to ERROR, or OFF")
        String stderrLevel() default "WARN";
    }

    /** Begins to write; returns before anything is written. */
    @Activate
    public FileLog(@Reference LogRing ring, Config config) {
        this.ring = ring;
        EntryFormat format = EntryFormat.named(config.format()).orElse(EntryFormat.TEXT);
        Clock clock = Clock.systemUTC();
        RotatingFile file = new RotatingFile(path(config), limits(config), format, clock);
        int threshold = threshold(config.stderrLevel());
        writer = new LogWriter(ring, file, format, threshold, System.err, clock);
        drainThread = new DrainThread(ring, writer);
        atShutdown = new Thread(this::flush, "papertrader-log-shutdown");
        Runtime.getRuntime().addShutdownHook(atShutdown);
        drainThread.start();
    }

    /** What keeps it from writing; empty when nothing does. */
    String trouble() {
        return drainThread.isAlive()
                ? writer.trouble()
                : "as its thread has ended: restart the bundle org.papertrader.log";
    }

    @Deactivate
    void deactivate() {
        drainThread.stop();
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            // The machine is shutting down: the hook runs or has run, and flushing does no harm.
        }
    }

    /** The others of its thread are still at work, and log: this must not end it. */
    private void flush() {
        try {
            ring.flush(DrainThread.STOP_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Path path(Config config) {
        return Path.of(config.directory(), FILE_NAME);
    }

    /** What is out of its range counts as the nearest value in it: nothing configured may silence the log. */
    static Limits limits(Config config) {
        long file = Math.max(FILE_BYTES_FLOOR, config.fileBytesMax());
        return new Limits(
                file, Duration.ofHours(Math.max(1, config.fileHoursMax())), Math.max(2 * file, config.totalBytesMax()));
    }

    /** A level that cannot be read must not silence the log: it counts as WARN. */
    static int threshold(String level) {
        String name = level.strip().toUpperCase(Locale.ROOT);
        if (name.equals("OFF")) {
            return Integer.MAX_VALUE;
        }
        return Arrays.stream(Level.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElse(Level.WARN)
                .toInt();
    }
}
