package org.papertrader.http.internal;

import com.sun.net.httpserver.HttpHandler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;

/** What is behind one path: its handlers, of which one answers. A request that meets none waits for the next one. */
final class Page {
    /** As long as a bundle may take to be replaced. From then on requests are refused at once. */
    static final Duration ABSENCE_MAX = Duration.ofSeconds(3);

    private final Gate<HttpHandler> gate;
    private final Object lock = new Object();
    private long leftNanos;

    Page(String path) {
        gate = new Gate<>(path);
    }

    void bind(HttpHandler handler, Map<String, ?> properties) {
        gate.bind(handler, properties);
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    /** Waits for its requests that are under way. */
    void unbind(HttpHandler handler) {
        synchronized (lock) {
            leftNanos = System.nanoTime();
        }
        gate.unbind(handler);
    }

    /** Whether a request would be answered now. */
    boolean isServed() {
        return gate.isServed();
    }

    /** The handler, to be given back; null when there has been none for too long. */
    @Nullable
    Lease<HttpHandler> lease() throws InterruptedException {
        Lease<HttpHandler> lease = gate.tryLease();
        if (lease == null) {
            synchronized (lock) {
                lease = gate.tryLease();
                for (long rest = rest(); lease == null && rest > 0; rest = rest()) {
                    TimeUnit.NANOSECONDS.timedWait(lock, rest);
                    lease = gate.tryLease();
                }
            }
        }
        return lease;
    }

    private long rest() {
        return ABSENCE_MAX.toNanos() - (System.nanoTime() - leftNanos);
    }
}
