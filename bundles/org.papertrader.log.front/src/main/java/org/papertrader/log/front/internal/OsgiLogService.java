package org.papertrader.log.front.internal;

import java.util.Dictionary;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.papertrader.log.front.internal.OsgiLogger.Style;
import org.slf4j.event.Level;

/**
 * The OSGi Log Service of one bundle, straight into the ring. The framework's own Log Service queues without bound what it
 * tells its listeners (VAR-3), and knows nothing of the caller's context; it is left with the framework's events.
 */
@SuppressWarnings("deprecation") // The methods from before there were loggers are still called.
final class OsgiLogService implements LogService {

    /** Above every other Log Service. */
    private static final int RANKING = 10_000;

    private final Front front;
    private final Bundle user;

    private OsgiLogService(Front front, Bundle user) {
        this.front = front;
        this.user = user;
    }

    static LogService of(Front front, Bundle user) {
        return new OsgiLogService(front, user);
    }

    /** Offers it to all bundles; null where the Log Service's packages are not installed. */
    static @Nullable ServiceRegistration<?> register(BundleContext context, Front front) {
        try {
            return context.registerService(names(), new PerBundle(front), ranking());
        } catch (NoClassDefFoundError e) {
            // The optional package is not wired: nobody can write to a Log Service here.
            return null;
        }
    }

    private static String[] names() {
        return new String[] {LogService.class.getName(), LoggerFactory.class.getName()};
    }

    private static Dictionary<String, Object> ranking() {
        return FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, RANKING));
    }

    @Override
    public Logger getLogger(String name) {
        return getLogger(user, name, Logger.class);
    }

    @Override
    public Logger getLogger(Class<?> type) {
        return getLogger(type.getName());
    }

    @Override
    public <L extends Logger> L getLogger(String name, Class<L> kind) {
        return getLogger(user, name, kind);
    }

    @Override
    public <L extends Logger> L getLogger(Class<?> type, Class<L> kind) {
        return getLogger(user, type.getName(), kind);
    }

    @Override
    public <L extends Logger> L getLogger(Bundle bundle, String name, Class<L> kind) {
        if (kind != Logger.class && kind != FormatterLogger.class) {
            throw new IllegalArgumentException("a logger is a Logger or a FormatterLogger, not " + kind.getName());
        }
        return kind.cast(logger(bundle, name, kind == Logger.class ? Style.BRACES : Style.PRINTF));
    }

    @Override
    public void log(int level, String message) {
        write(level, message, null);
    }

    @Override
    public void log(int level, String message, @Nullable Throwable thrown) {
        write(level, message, thrown);
    }

    @Override
    public void log(@Nullable ServiceReference<?> service, int level, String message) {
        write(level, message, null);
    }

    @Override
    public void log(@Nullable ServiceReference<?> service, int level, String message, @Nullable Throwable thrown) {
        write(level, message, thrown);
    }

    private void write(int number, String message, @Nullable Throwable thrown) {
        OsgiLogger logger = logger(user, "LogService." + user.getSymbolicName(), Style.BRACES);
        Level level = level(number);
        if (logger.isEnabled(level)) {
            logger.write(level, message, thrown);
        }
    }

    private OsgiLogger logger(Bundle bundle, String name, Style style) {
        String symbolicName = bundle.getSymbolicName();
        return new OsgiLogger(front, name, symbolicName == null ? "" : symbolicName, style);
    }

    /** The numbers of the Log Service before it had loggers; others are treated like the nearest. */
    private static Level level(int number) {
        return switch (number) {
            case 1 -> Level.ERROR;
            case 2 -> Level.WARN;
            case 3 -> Level.INFO;
            case 4 -> Level.DEBUG;
            default -> number < 1 ? Level.INFO : Level.TRACE;
        };
    }

    /** The bundle that asks is the one that logs. */
    private record PerBundle(Front front) implements ServiceFactory<LogService> {
        @Override
        public LogService getService(Bundle bundle, ServiceRegistration<LogService> registration) {
            return of(front, bundle);
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<LogService> registration, LogService service) {
            // It holds nothing.
        }
    }
}
