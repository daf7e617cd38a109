package org.papertrader.trading.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What others put in for the writer: tasks, which come first, and commands, whose number the engine bounds. Putting in
 * never blocks; taking out and sleeping belong to the writer's thread.
 */
final class Mailbox {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Queue<Command<?>> commands = new ConcurrentLinkedQueue<>();
    private volatile boolean asleep;
    private volatile @Nullable Thread reader;

    /** The calling thread is the writer's. */
    void open() {
        reader = Thread.currentThread();
    }

    void post(Runnable task) {
        tasks.add(task);
        wake();
    }

    void add(Command<?> command) {
        commands.add(command);
        wake();
    }

    void wake() {
        if (asleep) {
            LockSupport.unpark(reader);
        }
    }

    @Nullable
    Runnable nextTask() {
        return tasks.poll();
    }

    @Nullable
    Command<?> nextCommand() {
        return commands.poll();
    }

    boolean hasCommand() {
        return !commands.isEmpty();
    }

    /** Sleeps for a short while, until woken, unless there is a task or other work. */
    void sleepUnless(BooleanSupplier work) {
        asleep = true;
        // Asked after the mark was set: who put something in before saw nobody asleep.
        if (tasks.isEmpty() && !work.getAsBoolean()) {
            LockSupport.parkNanos(this, TICK_NANOS);
        }
        asleep = false;
    }
}
