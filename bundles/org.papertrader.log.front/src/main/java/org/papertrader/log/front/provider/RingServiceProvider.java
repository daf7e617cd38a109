package org.papertrader.log.front.provider;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.papertrader.log.front.internal.Front;
import org.papertrader.log.front.internal.RingLogger;
import org.papertrader.log.front.internal.ThreadContext;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** What SLF4J finds through its ServiceLoader: loggers that capture into the one ring. Thread-safe. */
public final class RingServiceProvider implements SLF4JServiceProvider {

    /** Beyond this many names a logger still works but is made anew for each caller. */
    static final int LOGGERS_MAX = 20_000;

    private final ConcurrentMap<String, RingLogger> loggers = new ConcurrentHashMap<>();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter mdc = new ThreadContext();

    @Override
    public ILoggerFactory getLoggerFactory() {
        return this::logger;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return mdc;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        // Nothing to prepare: the ring exists as soon as its class is loaded.
    }

    private Logger logger(String name) {
        RingLogger known = loggers.get(name);
        if (known != null) {
            return known;
        }
        Front front = Front.shared();
        return loggers.size() >= LOGGERS_MAX ? front.logger(name) : loggers.computeIfAbsent(name, front::logger);
    }
}
