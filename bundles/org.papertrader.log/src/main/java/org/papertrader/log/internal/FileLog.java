package org.papertrader.log.internal;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.papertrader.log.front.LogRing;
import org.slf4j.event.Level;

/**
 * The log file (MST-17). A change of configuration starts it anew: what arrives meanwhile waits in the ring. Whatever
 * the ring holds is written when this is deactivated and when the Java machine shuts down.
 */
@Component(service = FileLog.class, immediate = true, configurationPid = FileLog.PID)
@Designate(ocd = FileLog.Config.class)
public final class FileLog {

    static final String PID = "org.papertrader.log";
    static final String FILE_NAME = "papertrader.log";

    /** One entry always fits into one file. */
    static final long FILE_BYTES_FLOOR = 1 << 20;

    static final int FILES_CEILING = 1_000;

    private final DrainThread drainThread;
    private final Thread atShutdown;

    /** Configuration of the log file. */
    @ObjectClassDefinition(name = "Log", description = "Where the log is written and how much of it is kept")
    @interface Config {
        @AttributeDefinition(description = "Folder of the log files")
        String directory() default "data/log";

        @AttributeDefinition(description = "Size in bytes at which a new file is begun, at least 1048576")
        long fileBytesMax() default 10_485_760;

        @AttributeDefinition(description = "Number of files kept, the newest included, 1 to 1000")
        int filesMax() default 10;

        @AttributeDefinition(description = "Lowest level that also goes to standard error: TRACE to ERROR, or OFF")
        String stderrLevel() default "WARN";
    }

    /** Begins to write; returns before anything is written. */
    @Activate
    public FileLog(@Reference LogRing ring, Config config) {
        RotatingFile file = new RotatingFile(
                path(config),
                Math.max(FILE_BYTES_FLOOR, config.fileBytesMax()),
                Math.max(1, Math.min(FILES_CEILING, config.filesMax())));
        drainThread = new DrainThread(ring, file, threshold(config.stderrLevel()), System.err);
        atShutdown = new Thread(drainThread::stop, "papertrader-log-shutdown");
        Runtime.getRuntime().addShutdownHook(atShutdown);
        drainThread.start();
    }

    @Deactivate
    void deactivate() {
        drainThread.stop();
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            // The machine is shutting down: the hook runs or has run, and stopping twice does no harm.
        }
    }

    static Path path(Config config) {
        return Path.of(config.directory(), FILE_NAME);
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
