package org.papertrader.log.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.LogDrain;
import org.papertrader.log.front.LogRing;
import org.slf4j.event.Level;

/** A ring for tests that keeps the contract and has no bound. */
final class ListRing implements LogRing {

    private final List<CapturedEntry> entries = new ArrayList<>();
    private long dropped;
    private final Semaphore right = new Semaphore(1);
    private final Semaphore wakes = new Semaphore(0);
    /** Told how long the drain is about to wait. */
    volatile Consumer<Duration> onAwait = time -> {};
    /** Runs before each drain. */
    volatile Runnable onDrain = () -> {};

    synchronized void add(CapturedEntry entry) {
        entries.add(entry);
    }

    boolean isOpen() {
        return right.availablePermits() == 0;
    }

    @Override
    public Optional<LogDrain> open(Duration time) throws InterruptedException {
        boolean got = right.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
        return got ? Optional.of(new Drain()) : Optional.empty();
    }

    @Override
    public synchronized int size() {
        return entries.size();
    }

    synchronized void clear() {
        entries.clear();
    }

    synchronized void drop(int count) {
        dropped += count;
    }

    @Override
    public boolean flush(Duration time) {
        return size() == 0;
    }

    @Override
    public synchronized long dropped() {
        return dropped;
    }

    @Override
    public synchronized Map<Level, Long> droppedByLevel() {
        return Map.of(Level.INFO, dropped);
    }

    @Override
    public Map<Level, Long> writtenByLevel() {
        return Map.of();
    }

    private final class Drain implements LogDrain {

        @Override
        public void await(Duration time) throws InterruptedException {
            onAwait.accept(time);
            if (wakes.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
                wakes.drainPermits();
            }
        }

        @Override
        public void wake() {
            wakes.release();
        }

        @Override
        public int drain(Sink sink) {
            onDrain.run();
            synchronized (ListRing.this) {
                if (entries.isEmpty()) {
                    return 0;
                }
                int count = sink.write(new ArrayList<>(entries));
                entries.subList(0, count).clear();
                return count;
            }
        }

        @Override
        public void close() {
            right.release();
        }
    }
}
