package org.papertrader.log.front.internal;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger that captures into the ring; below its threshold it costs two volatile reads. Thread-safe. */
public final class RingLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1L;

    private final transient Front front;
    private transient volatile @Nullable Threshold threshold;

    RingLogger(String name, Front front) {
        this.name = name;
        this.front = front;
    }

    @Override
    public boolean isTraceEnabled() {
        return isEnabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return isEnabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isEnabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return isEnabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return isEnabled(Level.ERROR);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        String message = arguments == null ? pattern : MessageFormatter.basicArrayFormat(pattern, arguments);
        front.log(level, name, message, thrown);
    }

    private boolean isEnabled(Level level) {
        Levels levels = front.levels();
        Threshold known = threshold;
        if (known == null || known.from() != levels) {
            known = new Threshold(levels, levels.threshold(name));
            threshold = known;
        }
        return level.toInt() >= known.level();
    }

    /** Remembered until the levels are replaced. */
    private record Threshold(Levels from, int level) {}
}
