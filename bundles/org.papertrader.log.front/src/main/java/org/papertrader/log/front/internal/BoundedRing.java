package org.papertrader.log.front.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.papertrader.log.front.LogDrain;
import org.papertrader.log.front.LogRing;
import org.slf4j.event.Level;

/**
 * The ring as one queue a level. The lock is held for a few moves of references, never while anything is written, so
 * a caller is not held up by the disk. When full, the oldest entry of the lowest level gives way; an entry that is
 * itself of the lowest level gives way when nothing lower or equal is queued.
 */
public final class BoundedRing implements LogRing {

    /** Bounds of the configured maximum (VAR-3). */
    static final int ENTRIES_FLOOR = 16;

    static final int ENTRIES_CEILING = 10_000_000;

    /** So many are rendered and written at once: a full ring's text would be much more than what waits in it. */
    static final int BATCH_MAX = 256;

    private static final Level[] LOWEST_FIRST = {Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR};

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition due = lock.newCondition();
    private final Condition progress = lock.newCondition();
    private final Semaphore drainRight = new Semaphore(1, true);
    private final Map<Level, ArrayDeque<Numbered>> queues = new EnumMap<>(Level.class);
    private final Map<Level, Long> unreported = new EnumMap<>(Level.class);
    private final Clock clock;

    private int entriesMax;
    private int queued;
    private int underWay;
    private long sequence;
    private final Map<Level, AtomicLong> dropped = new EnumMap<>(Level.class);
    private final Map<Level, AtomicLong> written = new EnumMap<>(Level.class);
    private boolean woken;
    /** How far entries have been written or dropped, in the order of their numbers. */
    private long writtenUpTo;

    private volatile boolean drained;

    BoundedRing(int entriesMax, Clock clock) {
        this.entriesMax = clamp(entriesMax);
        this.clock = clock;
        for (Level level : LOWEST_FIRST) {
            queues.put(level, new ArrayDeque<>());
            dropped.put(level, new AtomicLong());
            written.put(level, new AtomicLong());
        }
    }

    /** Adds an entry, or drops one; never waits for a drain. */
    void offer(Pending entry) {
        // Where nobody drains it may wait for long: not with a class of its caller.
        Pending kept = drained ? entry : entry.settled();
        lock.lock();
        try {
            if (queued + underWay >= entriesMax && !makeRoomFor(kept.level())) {
                countDropped(kept.level());
                return;
            }
            queue(kept.level()).addLast(new Numbered(sequence++, kept));
            queued++;
            if (kept.level().toInt() >= Level.WARN.toInt()) {
                wakeDrain();
            } else if (isHalfFull()) {
                due.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Changes the bound at once; what is too much is dropped, the lowest level first. */
    void entriesMax(int max) {
        lock.lock();
        try {
            entriesMax = clamp(max);
            while (queued + underWay > entriesMax && makeRoomFor(Level.ERROR)) {
                due.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int size() {
        lock.lock();
        try {
            return queued + underWay;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long dropped() {
        lock.lock();
        try {
            return dropped.values().stream().mapToLong(AtomicLong::get).sum();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Map<Level, Long> droppedByLevel() {
        return copy(dropped);
    }

    @Override
    public Map<Level, Long> writtenByLevel() {
        return copy(written);
    }

    private Map<Level, Long> copy(Map<Level, AtomicLong> counts) {
        lock.lock();
        try {
            Map<Level, Long> copy = new EnumMap<>(Level.class);
            counts.forEach((level, count) -> copy.put(level, count.get()));
            return copy;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<LogDrain> open(Duration time) throws InterruptedException {
        if (!drainRight.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        drained = true;
        return Optional.of(new Drain());
    }

    @Override
    public boolean flush(Duration time) throws InterruptedException {
        long remaining = time.toNanos();
        lock.lockInterruptibly();
        try {
            long until = sequence;
            wakeDrain();
            while (writtenUpTo < until && queued + underWay > 0 && remaining > 0) {
                remaining = progress.awaitNanos(remaining);
            }
            return writtenUpTo >= until || queued + underWay == 0;
        } finally {
            lock.unlock();
        }
    }

    private long arrived() {
        lock.lock();
        try {
            return sequence;
        } finally {
            lock.unlock();
        }
    }

    private void wakeDrain() {
        if (!woken) {
            woken = true;
            due.signalAll();
        }
    }

    private static int clamp(int max) {
        return Math.max(ENTRIES_FLOOR, Math.min(ENTRIES_CEILING, max));
    }

    private boolean isHalfFull() {
        return queued + underWay >= entriesMax / 2;
    }

    private ArrayDeque<Numbered> queue(Level level) {
        ArrayDeque<Numbered> queue = queues.get(level);
        if (queue == null) {
            throw new IllegalArgumentException("unknown level " + level);
        }
        return queue;
    }

    private boolean makeRoomFor(Level incoming) {
        for (Level level : LOWEST_FIRST) {
            if (level.toInt() > incoming.toInt()) {
                return false;
            }
            if (queue(level).pollFirst() != null) {
                queued--;
                countDropped(level);
                return true;
            }
        }
        return false;
    }

    private void countDropped(Level level) {
        increment(dropped, level);
        unreported.merge(level, 1L, Long::sum);
    }

    /** Takes no memory. */
    private static void increment(Map<Level, AtomicLong> counts, Level level) {
        AtomicLong count = counts.get(level);
        if (count != null) {
            count.getAndIncrement();
        }
    }

    /** Takes the oldest of what was queued before, in order of arrival, and, if wanted, how many were dropped. */
    private Batch take(long before, boolean withReport) {
        lock.lock();
        try {
            woken = false;
            List<Numbered> taken = new ArrayList<>(Math.min(queued, BATCH_MAX));
            Map<Level, Long> report = withReport ? new EnumMap<>(unreported) : Map.of();
            Batch batch = new Batch(taken, report);
            // Only now: what is above may find no memory, and nothing may be lost by that.
            while (taken.size() < BATCH_MAX && moveOldest(before, taken)) {
                queued--;
            }
            if (withReport) {
                unreported.clear();
            }
            underWay = taken.size();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no memory where the list has room. */
    private boolean moveOldest(long before, List<Numbered> to) {
        ArrayDeque<Numbered> from = null;
        long oldest = before;
        for (Level level : LOWEST_FIRST) {
            Numbered first = queue(level).peekFirst();
            if (first != null && first.sequence() < oldest) {
                from = queue(level);
                oldest = first.sequence();
            }
        }
        return from != null && to.add(from.removeFirst());
    }

    /** Ends a drain: what was not written goes back, with the report if that was not written either. */
    private void done(Batch batch, int written) {
        // Waiting in turn would take memory, and without any the batch would be lost.
        while (!lock.tryLock()) {
            Thread.onSpinWait();
        }
        try {
            underWay = 0;
            int kept = batch.hasReport() ? written - 1 : written;
            // Newest first to the front of its queue: they are older than anything that arrived since.
            for (int i = batch.entries().size() - 1; i >= Math.max(0, kept); i--) {
                Numbered numbered = batch.entries().get(i);
                queue(numbered.entry().level()).addFirst(numbered);
                queued++;
            }
            for (int i = 0; i < Math.min(kept, batch.entries().size()); i++) {
                increment(this.written, batch.entries().get(i).entry().level());
            }
            while (queued > entriesMax && makeRoomFor(Level.ERROR)) {
                // The bound was lowered meanwhile.
                progress.signalAll();
            }
            if (kept < 0) {
                batch.dropped().forEach((level, count) -> unreported.merge(level, count, Long::sum));
            }
            if (kept >= batch.entries().size()) {
                writtenUpTo = Math.max(writtenUpTo, batch.end());
                progress.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nobody will drain for a while: what waits lets go of its callers' classes. */
    private void settle() {
        lock.lock();
        try {
            queues.values().forEach(queue -> {
                List<Numbered> waiting = List.copyOf(queue);
                queue.clear();
                waiting.forEach(numbered -> queue.addLast(numbered.settled()));
            });
        } finally {
            lock.unlock();
        }
    }

    private final class Drain implements LogDrain {

        private final ReentrantLock oneAtATime = new ReentrantLock();
        private boolean closed;

        @Override
        public void await(Duration time) throws InterruptedException {
            long remaining = time.toNanos();
            lock.lockInterruptibly();
            try {
                while (!woken && !isHalfFull() && remaining > 0) {
                    remaining = due.awaitNanos(remaining);
                }
                woken = false;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void wake() {
            lock.lock();
            try {
                woken = true;
                due.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public int drain(Sink sink) {
            oneAtATime.lock();
            try {
                if (closed) {
                    throw new IllegalStateException("drain is closed");
                }
                return drain(sink, arrived());
            } finally {
                oneAtATime.unlock();
            }
        }

        /** What arrives meanwhile is left: who logs without a pause does not keep the writer here. */
        private int drain(Sink sink, long before) {
            int all = 0;
            Batch batch = take(before, true);
            while (!batch.isEmpty()) {
                int written = write(batch, sink);
                all += written;
                if (written < batch.size()) {
                    break;
                }
                batch = take(before, false);
            }
            return all;
        }

        private int write(Batch batch, Sink sink) {
            int written = 0;
            try {
                written = sink.write(batch.toWrite(clock));
                return written;
            } finally {
                done(batch, written);
            }
        }

        @Override
        public void close() {
            oneAtATime.lock();
            try {
                if (!closed) {
                    closed = true;
                    drained = false;
                    settle();
                    drainRight.release();
                }
            } finally {
                oneAtATime.unlock();
            }
        }
    }
}
