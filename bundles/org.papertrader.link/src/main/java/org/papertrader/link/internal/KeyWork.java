package org.papertrader.link.internal;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The few threads that work with keys, so that no event loop does. What is too much is rejected. */
final class KeyWork {
    private static final int THREADS = 2;
    private static final int WAITING_MAX = 4 * HandshakeSlots.MAX;
    private static final long IDLE_SECONDS = 30;

    private KeyWork() {}

    static ThreadPoolExecutor pool(String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
