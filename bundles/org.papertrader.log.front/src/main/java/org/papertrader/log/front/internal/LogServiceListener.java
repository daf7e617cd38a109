package org.papertrader.log.front.internal;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.osgi.util.tracker.ServiceTracker;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.CapturedEntry.Origin;
import org.slf4j.event.Level;

/**
 * Copies into the ring what other Log Services tell: the framework's events, and what was written to one of them before
 * {@link OsgiLogService} came; with the place that the service captured.
 */
final class LogServiceListener implements LogListener {

    private final Front front;

    LogServiceListener(Front front) {
        this.front = front;
    }

    /** Listens to every log reader that comes; null where the Log Service is not installed. */
    static @Nullable ServiceTracker<?, ?> track(BundleContext context, Front front) {
        try {
            ReaderTracker tracker = new ReaderTracker(context, new LogServiceListener(front));
            tracker.open();
            return tracker;
        } catch (NoClassDefFoundError e) {
            // The optional package is not wired: nobody can write to a Log Service here.
            return null;
        }
    }

    @Override
    public void logged(LogEntry entry) {
        Level level = level(entry.getLogLevel());
        String logger = entry.getLoggerName() == null ? "" : entry.getLoggerName();
        if (level.toInt() < front.levels().threshold(logger)) {
            return;
        }
        String thread = entry.getThreadInfo();
        Origin origin = origin(entry);
        Throwable thrown = entry.getException();
        front.ring()
                .offer(new Pending(
                        Instant.ofEpochMilli(entry.getTime()),
                        level,
                        Capture.cut(logger, CapturedEntry.NAME_CHARS_MAX),
                        Capture.cut(thread == null ? "" : thread, CapturedEntry.NAME_CHARS_MAX),
                        () -> origin,
                        Map.of(),
                        Capture.cut(String.valueOf(entry.getMessage()), CapturedEntry.MESSAGE_CHARS_MAX),
                        () -> StackText.of(thrown)));
        if (thrown != null) {
            front.lastWords().logged(thrown);
        }
    }

    private static Origin origin(LogEntry entry) {
        String bundle = entry.getBundle() == null ? null : entry.getBundle().getSymbolicName();
        String name = bundle == null ? "" : bundle;
        StackTraceElement place = entry.getLocation();
        return place == null ? new Origin(name, "", "", 0) : Capture.origin(name, place);
    }

    private static Level level(LogLevel level) {
        return switch (level) {
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case AUDIT, INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }

    /** Adds and removes the listener as readers come and go. */
    private static final class ReaderTracker extends ServiceTracker<LogReaderService, LogReaderService> {

        private final LogListener listener;

        ReaderTracker(BundleContext context, LogListener listener) {
            super(context, LogReaderService.class.getName(), null);
            this.listener = listener;
        }

        @Override
        public LogReaderService addingService(ServiceReference<LogReaderService> reference) {
            LogReaderService reader = super.addingService(reference);
            reader.addLogListener(listener);
            return reader;
        }

        @Override
        public void removedService(ServiceReference<LogReaderService> reference, LogReaderService reader) {
            reader.removeLogListener(listener);
            super.removedService(reference, reader);
        }
    }
}
