package org.papertrader.log.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.papertrader.log.front.internal.FrontRig;
import org.papertrader.log.internal.RotatingFile.Limits;

/** The real log file without a framework. It is in this package because its parts are not public. */
public final class LogRig implements AutoCloseable {
    private static final long FILE_BYTES_MAX = 1L << 30;

    private final DrainThread drain;

    /** Writes what the front's ring holds into a file. */
    public LogRig(Path file) {
        Clock clock = Clock.systemUTC();
        Limits limits = new Limits(FILE_BYTES_MAX, Duration.ofDays(1), 2 * FILE_BYTES_MAX);
        RotatingFile target = new RotatingFile(file, limits, EntryFormat.TEXT, clock);
        drain = new DrainThread(
                FrontRig.ring(),
                new LogWriter(FrontRig.ring(), target, EntryFormat.TEXT, Integer.MAX_VALUE, System.err, clock));
        drain.start();
    }

    @Override
    public void close() {
        drain.stop();
    }
}
