package org.papertrader.log.front.internal;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.Logger;
import org.osgi.service.log.admin.LoggerAdmin;
import org.osgi.util.tracker.ServiceTracker;

/** Gives the Log Service the levels of the front: by itself it would let only warnings through. */
final class LogServiceLevels extends ServiceTracker<LoggerAdmin, LoggerAdmin> {

    private final Front front;

    private LogServiceLevels(BundleContext context, Front front) {
        super(context, LoggerAdmin.class.getName(), null);
        this.front = front;
    }

    /** Follows the levels and every Log Service that comes; null where none is installed. */
    static @Nullable ServiceTracker<?, ?> track(BundleContext context, Front front) {
        try {
            LogServiceLevels tracker = new LogServiceLevels(context, front);
            tracker.open();
            front.onLevels(tracker::apply);
            return tracker;
        } catch (NoClassDefFoundError e) {
            // The optional package is not wired: nobody can write to a Log Service here.
            return null;
        }
    }

    @Override
    public LoggerAdmin addingService(ServiceReference<LoggerAdmin> reference) {
        LoggerAdmin admin = super.addingService(reference);
        apply(admin);
        return admin;
    }

    @Override
    public void close() {
        front.onLevels(() -> {});
        super.close();
    }

    private void apply() {
        getTracked().values().forEach(this::apply);
    }

    private void apply(LoggerAdmin admin) {
        Map<String, LogLevel> levels = new HashMap<>();
        levels.put(Logger.ROOT_LOGGER_NAME, level(front.levels().standard()));
        front.levels().rules().forEach((prefix, name) -> levels.put(prefix, level(name)));
        admin.getLoggerContext(null).setLogLevels(levels);
    }

    /** The Log Service cannot be silent: what it lets through at its highest level is left out here. */
    private static LogLevel level(String name) {
        return name.equals(Levels.SILENT) ? LogLevel.AUDIT : LogLevel.valueOf(name);
    }
}
