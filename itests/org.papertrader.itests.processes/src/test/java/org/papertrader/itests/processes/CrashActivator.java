package org.papertrader.itests.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.papertrader.itests.bundles.TestBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bundle of this one class, which harms the program that it is started in as its header {@code Harm} says. */
public final class CrashActivator implements BundleActivator {
    private static final String HARM = "Harm";
    private static final int BEFORE = 500;
    private static final int MEBIBYTE = 1 << 20;
    private static final long TICK_NANOS = 1_000_000;
    /** Nothing of it can be freed: the whole program is without memory, not only the thread that took it. */
    private static final List<byte[]> HOARD = new ArrayList<>();

    private final Thread thread = new Thread(this::run, "it-crash");
    private volatile String harm = "";

    /** What it does once it is started. */
    enum Harm {
        /** A thread ends with an exception. */
        UNCAUGHT,
        /** All memory is used up. */
        MEMORY,
        /** It logs the time, every millisecond, for as long as it may. */
        TICK
    }

    /** Makes the bundle's jar. */
    static Path jar(Harm harm, Path target) throws IOException {
        byte[] jar = TestBundle.of("org.papertrader.it.crash", "1.0.0")
                .type(Harm.class)
                .activator(CrashActivator.class, "org.osgi.framework,org.slf4j")
                .header(HARM, harm.name())
                .bytes();
        return Files.write(target, jar);
    }

    @Override
    public void start(BundleContext context) {
        harm = context.getBundle().getHeaders("").get(HARM);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void stop(BundleContext context) {
        thread.interrupt();
    }

    private void run() {
        Logger log = LoggerFactory.getLogger("it.crash");
        for (int i = 1; i <= BEFORE; i++) {
            log.info("before the crash {} of {}", i, BEFORE);
        }
        // No switch: that would be a further class.
        if (harm.equals(Harm.UNCAUGHT.name())) {
            throw new IllegalStateException("the crash itself");
        } else if (harm.equals(Harm.MEMORY.name())) {
            hoard();
        } else {
            tick(log);
        }
    }

    private static void hoard() {
        int bytes = MEBIBYTE;
        while (true) {
            try {
                HOARD.add(new byte[bytes]);
            } catch (OutOfMemoryError e) {
                // To the last byte, then for good.
                bytes /= 2;
                if (bytes == 0) {
                    throw e;
                }
            }
        }
    }

    private static void tick(Logger log) {
        while (!Thread.currentThread().isInterrupted()) {
            log.info("tick {} -", System.currentTimeMillis());
            LockSupport.parkNanos(TICK_NANOS);
        }
    }
}
