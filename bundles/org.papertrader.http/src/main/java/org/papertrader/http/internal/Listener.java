package org.papertrader.http.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The JDK's HTTP server within bounds: connections, threads, sizes and times. */
final class Listener implements AutoCloseable {
    static final int CONNECTIONS_MAX = 64;

    /** The JDK reads these once, when its first server is made; whoever has set one on the command line wins. */
    private static final Map<String, String> BOUNDS = Map.of(
            "jdk.httpserver.maxConnections", Integer.toString(CONNECTIONS_MAX),
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            "sun.net.httpserver.maxReqHeaders", "100",
            "sun.net.httpserver.drainAmount", "16384",
            "sun.net.httpserver.maxReqTime", "5",
            "sun.net.httpserver.maxRspTime", "20",
            "sun.net.httpserver.idleInterval", "5");

    private static final int THREADS_MAX = 8;
    private static final int BACKLOG = 32;
    private static final int IDLE_THREAD_S = 10;
    private static final int UNDER_WAY_MAX_S = 3;
    private static final Duration LINGER = Duration.ofMillis(500);

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger underWay = new AtomicInteger();
    private final ThreadLocal<Boolean> refusing = ThreadLocal.withInitial(() -> false);

    /** Listens from now on; throws when it cannot. */
    Listener(InetSocketAddress address, Pages pages) throws IOException {
        BOUNDS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        server = HttpServer.create(address, BACKLOG);
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                THREADS_MAX,
                THREADS_MAX,
                IDLE_THREAD_S,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(CONNECTIONS_MAX),
                task -> {
                    Thread thread = new Thread(task, "papertrader-http-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                (task, full) -> refuse(task));
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(this::execute);
        server.createContext("/", exchange -> answer(exchange, pages));
        server.start();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    /**
     * Goes on serving for a moment. To be called between taking the address away and {@link #close}, which cuts off whoever
     * is still connecting: those who have just read the address get their answer first.
     */
    void linger() {
        try {
            TimeUnit.MILLISECONDS.sleep(LINGER.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Listens no more, and waits for what is under way. */
    @Override
    public void close() {
        server.stop(underWay.get() == 0 ? 0 : UNDER_WAY_MAX_S);
        threads.shutdownNow();
    }

    private void execute(Runnable task) {
        underWay.incrementAndGet();
        threads.execute(() -> {
            try {
                task.run();
            } finally {
                underWay.decrementAndGet();
            }
        });
    }

    /** On the server's own thread, as no other is free: only to say so. Throwing instead would leak the connection. */
    private void refuse(Runnable task) {
        refusing.set(true);
        try {
            task.run();
        } finally {
            refusing.set(false);
        }
    }

    private void answer(HttpExchange exchange, Pages pages) throws IOException {
        if (refusing.get()) {
            pages.refuse(exchange);
        } else {
            pages.handle(exchange);
        }
    }
}
