package org.papertrader.log.front.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LoggerConsumer;
import org.slf4j.event.Level;
import org.slf4j.helpers.MessageFormatter;

/**
 * A logger of the OSGi Log Service that captures into the ring on the caller's thread, as {@link RingLogger} does. What is
 * an audit message there is logged whatever the level. Thread-safe.
 */
final class OsgiLogger implements FormatterLogger {

    /** How a message and its arguments become text. */
    enum Style {
        /** Each {@code {}} is an argument. */
        BRACES {
            @Override
            String format(String format, Object[] arguments) {
                return String.valueOf(MessageFormatter.basicArrayFormat(format, arguments));
            }
        },
        /** As {@link String#format} does it. */
        PRINTF {
            @Override
            String format(String format, Object[] arguments) {
                try {
                    return String.format(format, arguments);
                } catch (RuntimeException e) {
                    // A wrong format, or an argument whose own methods throw, is no reason to end what its caller does.
                    return format + " (cannot be formatted: " + e.getClass().getName() + ")";
                }
            }
        };

        abstract String format(String format, Object[] arguments);
    }

    private final Front front;
    private final RingLogger levels;
    private final String bundle;
    private final Style style;

    OsgiLogger(Front front, String name, String bundle, Style style) {
        this.front = front;
        this.levels = front.logger(name);
        this.bundle = bundle;
        this.style = style;
    }

    @Override
    public String getName() {
        return levels.getName();
    }

    @Override
    public boolean isTraceEnabled() {
        return levels.isTraceEnabled();
    }

    @Override
    public void trace(String message) {
        if (levels.isTraceEnabled()) {
            log(Level.TRACE, message);
        }
    }

    @Override
    public void trace(String format, Object argument) {
        if (levels.isTraceEnabled()) {
            log(Level.TRACE, format, argument);
        }
    }

    @Override
    public void trace(String format, Object first, Object second) {
        if (levels.isTraceEnabled()) {
            log(Level.TRACE, format, first, second);
        }
    }

    @Override
    public void trace(String format, Object... arguments) {
        if (levels.isTraceEnabled()) {
            log(Level.TRACE, format, arguments);
        }
    }

    @Override
    public <E extends Exception> void trace(LoggerConsumer<E> consumer) throws E {
        if (levels.isTraceEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public boolean isDebugEnabled() {
        return levels.isDebugEnabled();
    }

    @Override
    public void debug(String message) {
        if (levels.isDebugEnabled()) {
            log(Level.DEBUG, message);
        }
    }

    @Override
    public void debug(String format, Object argument) {
        if (levels.isDebugEnabled()) {
            log(Level.DEBUG, format, argument);
        }
    }

    @Override
    public void debug(String format, Object first, Object second) {
        if (levels.isDebugEnabled()) {
            log(Level.DEBUG, format, first, second);
        }
    }

    @Override
    public void debug(String format, Object... arguments) {
        if (levels.isDebugEnabled()) {
            log(Level.DEBUG, format, arguments);
        }
    }

    @Override
    public <E extends Exception> void debug(LoggerConsumer<E> consumer) throws E {
        if (levels.isDebugEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public boolean isInfoEnabled() {
        return levels.isInfoEnabled();
    }

    @Override
    public void info(String message) {
        if (levels.isInfoEnabled()) {
            log(Level.INFO, message);
        }
    }

    @Override
    public void info(String format, Object argument) {
        if (levels.isInfoEnabled()) {
            log(Level.INFO, format, argument);
        }
    }

    @Override
    public void info(String format, Object first, Object second) {
        if (levels.isInfoEnabled()) {
            log(Level.INFO, format, first, second);
        }
    }

    @Override
    public void info(String format, Object... arguments) {
        if (levels.isInfoEnabled()) {
            log(Level.INFO, format, arguments);
        }
    }

    @Override
    public <E extends Exception> void info(LoggerConsumer<E> consumer) throws E {
        if (levels.isInfoEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public boolean isWarnEnabled() {
        return levels.isWarnEnabled();
    }

    @Override
    public void warn(String message) {
        if (levels.isWarnEnabled()) {
            log(Level.WARN, message);
        }
    }

    @Override
    public void warn(String format, Object argument) {
        if (levels.isWarnEnabled()) {
            log(Level.WARN, format, argument);
        }
    }

    @Override
    public void warn(String format, Object first, Object second) {
        if (levels.isWarnEnabled()) {
            log(Level.WARN, format, first, second);
        }
    }

    @Override
    public void warn(String format, Object... arguments) {
        if (levels.isWarnEnabled()) {
            log(Level.WARN, format, arguments);
        }
    }

    @Override
    public <E extends Exception> void warn(LoggerConsumer<E> consumer) throws E {
        if (levels.isWarnEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public boolean isErrorEnabled() {
        return levels.isErrorEnabled();
    }

    @Override
    public void error(String message) {
        if (levels.isErrorEnabled()) {
            log(Level.ERROR, message);
        }
    }

    @Override
    public void error(String format, Object argument) {
        if (levels.isErrorEnabled()) {
            log(Level.ERROR, format, argument);
        }
    }

    @Override
    public void error(String format, Object first, Object second) {
        if (levels.isErrorEnabled()) {
            log(Level.ERROR, format, first, second);
        }
    }

    @Override
    public void error(String format, Object... arguments) {
        if (levels.isErrorEnabled()) {
            log(Level.ERROR, format, arguments);
        }
    }

    @Override
    public <E extends Exception> void error(LoggerConsumer<E> consumer) throws E {
        if (levels.isErrorEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public void audit(String message) {
        log(Level.INFO, message);
    }

    @Override
    public void audit(String format, Object argument) {
        log(Level.INFO, format, argument);
    }

    @Override
    public void audit(String format, Object first, Object second) {
        log(Level.INFO, format, first, second);
    }

    @Override
    public void audit(String format, Object... arguments) {
        log(Level.INFO, format, arguments);
    }

    /** The first exception among the arguments, and the first service, which nobody could read, are none of the text. */
    private void log(Level level, String format, Object... arguments) {
        Throwable thrown = null;
        ServiceReference<?> service = null;
        List<Object> shown = new ArrayList<>(arguments.length);
        for (Object each : arguments) {
            if (thrown == null && each instanceof Throwable throwable) {
                thrown = throwable;
            } else if (service == null && each instanceof ServiceReference<?> reference) {
                service = reference;
            } else {
                shown.add(each);
            }
        }
        write(level, shown.isEmpty() ? format : style.format(format, shown.toArray()), thrown);
    }

    void write(Level level, String message, @Nullable Throwable thrown) {
        front.log(level, bundle, getName(), message, thrown);
    }

    boolean isEnabled(Level level) {
        return levels.isEnabledForLevel(level);
    }
}
