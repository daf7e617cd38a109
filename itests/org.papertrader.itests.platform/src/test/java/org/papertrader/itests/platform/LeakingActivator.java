package org.papertrader.itests.platform;

import java.io.FileInputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Becomes a bundle of its own during a test; leaves something behind each time that it runs. */
public final class LeakingActivator implements BundleActivator {

    /** System property that says what. */
    static final String KIND = "org.papertrader.it.leak";

    private static final ThreadLocal<Object> HELD = new ThreadLocal<>();

    /** What is left behind. */
    enum Kind {
        /** Nothing. */
        NONE("", () -> ""),
        /** A thread that never ends. */
        THREAD("thread it-leaking", LeakingActivator::startThread),
        /** One of its classes, in a thread that goes on. */
        THREAD_LOCAL("class loaders", LeakingActivator::hold),
        /** A listener where the whole process listens. */
        STATIC_LISTENER("class loaders", LeakingActivator::listen),
        /** An open file, which something else holds. */
        OPEN_FILE("open /dev/null", () -> System.getProperties().put(new Object(), new FileInputStream("/dev/null")));

        /** What the report says of it. */
        final String trace;

        private final Callable<Object> leak;

        Kind(String trace, Callable<Object> leak) {
            this.trace = trace;
            this.leak = leak;
        }
    }

    @Override
    public void start(BundleContext context) throws Exception {
        Kind.valueOf(System.getProperty(KIND)).leak.call();
    }

    @Override
    public void stop(BundleContext context) {
        // Which is the fault.
    }

    private static Object startThread() {
        Thread thread = new Thread(LeakingActivator::waitForEver, "it-leaking");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void waitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Object hold() {
        HELD.set(Kind.class);
        return HELD;
    }

    private static Object listen() {
        Logger.getLogger("").addHandler(new Listener());
        return "";
    }

    /** Hears everything, for ever. */
    static final class Listener extends Handler {
        @Override
        public void publish(LogRecord entry) {
            // It does not matter what.
        }

        @Override
        public void flush() {
            // Nothing is kept.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
