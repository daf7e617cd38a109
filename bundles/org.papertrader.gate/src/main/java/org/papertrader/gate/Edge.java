package org.papertrader.gate;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The outermost edge of a program, and the only place where a request waits for a provider: it is parked as a
 * continuation, with a deadline, and in a bounded number, and tried again after a short while. All methods may be called from any thread and never block.
 */
public final class Edge {
    private static final long RETRY_MILLIS = 20;

    private final int parkedMax;
    private final long patienceNanos;
    private final ScheduledExecutorService timer;
    private final AtomicInteger parked = new AtomicInteger();

    /**
     * @param parkedMax how many requests may wait at once; one more fails with {@link BusyException}
     * @param patience how long a request may wait; then it fails with {@link UnavailableException}
     * @param timer runs the repeated calls; owned by the caller. Once it is shut down nothing waits any more
     */
    public Edge(int parkedMax, Duration patience, ScheduledExecutorService timer) {
        this.parkedMax = parkedMax;
        this.patienceNanos = patience.toNanos();
        this.timer = timer;
    }

    /** How many requests wait at this moment. */
    public int parked() {
        return parked.get();
    }

    /**
     * Calls through the gate, waiting for a provider where there is none.
     *
     * @param repeatable true for reads, and for orders that carry an id: such a call is also repeated when an inner
     *     gate failed with {@link UnavailableException}. Other calls are only ever made once.
     */
    public <S, R> CompletionStage<R> call(
            Gate<S> gate, boolean repeatable, Function<? super S, CompletionStage<R>> call) {
        Parked<S, R> request = new Parked<>(gate, repeatable, call, System.nanoTime() + patienceNanos);
        request.attempt();
        return request.result;
    }

    private final class Parked<S, R> {
        final CompletableFuture<R> result = new CompletableFuture<>();
        private final Gate<S> gate;
        private final boolean repeatable;
        private final Function<? super S, CompletionStage<R>> call;
        private final long deadline;
        private boolean counted;

        Parked(Gate<S> gate, boolean repeatable, Function<? super S, CompletionStage<R>> call, long deadline) {
            this.gate = gate;
            this.repeatable = repeatable;
            this.call = call;
            this.deadline = deadline;
        }

        void attempt() {
            if (!gate.isServed()) {
                park(new UnavailableException(gate.name()));
                return;
            }
            boolean[] reached = new boolean[1];
            gate.callAsync(service -> {
                        reached[0] = true;
                        return call.apply(service);
                    })
                    .whenComplete((value, failure) -> {
                        if (failure == null) {
                            finish(() -> result.complete(value));
                        } else if (failure instanceof UnavailableException && (repeatable || !reached[0])) {
                            park(failure);
                        } else {
                            finish(() -> result.completeExceptionally(failure));
                        }
                    });
        }

        private void park(Throwable failure) {
            if (System.nanoTime() - deadline >= 0) {
                finish(() -> result.completeExceptionally(failure));
                return;
            }
            if (!counted) {
                if (parked.incrementAndGet() > parkedMax) {
                    parked.decrementAndGet();
                    result.completeExceptionally(new BusyException(gate.name()));
                    return;
                }
                counted = true;
            }
            try {
                timer.schedule(this::attempt, RETRY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // The owner of the timer has ended: nothing will be asked again.
                finish(() -> result.completeExceptionally(failure));
            }
        }

        private void finish(Runnable completion) {
            if (counted) {
                counted = false;
                parked.decrementAndGet();
            }
            completion.run();
        }
    }
}
