package org.papertrader.gate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The hand-over point between callers and a service that may come and go. It never blocks a caller: without a provider
 * {@link #tryLease} answers null and {@link #call} fails at once with {@link UnavailableException}; only an
 * {@link Edge} waits. {@link #unbind} hides the provider and waits for its open leases, so that a provider is never
 * deactivated under a running call. All methods may be called from any thread.
 *
 * @param <S> the service
 */
public final class Gate<S> {
    /** How long {@link #unbind} waits for open leases; no leased call may last longer. */
    public static final Duration DRAIN_LIMIT = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final String name;
    private final Object lock = new Object();
    private final List<Slot<S>> slots = new ArrayList<>();
    private volatile @Nullable Slot<S> best;

    /** @param name what callers read when nobody is there, for example {@code trading} */
    public Gate(String name) {
        this.name = name;
    }

    /** What this gate leads to. */
    public String name() {
        return name;
    }

    /** Adds a provider; for a component's {@code bind} method, with the service's properties. */
    public void bind(S service, Map<String, ?> properties) {
        synchronized (lock) {
            slots.add(new Slot<>(service, Rank.of(service, properties)));
            best = Collections.max(slots, Slot.BY_PREFERENCE);
        }
    }

    /**
     * Removes a provider and waits, at most {@link #DRAIN_LIMIT}, for its open leases; for a component's {@code unbind}
     * method.
     *
     * @return false when calls were still running at the limit
     */
    public boolean unbind(S service) {
        Slot<S> leaving;
        synchronized (lock) {
            leaving = slots.stream()
                    .filter(slot -> slot.service() == service)
                    .findFirst()
                    .orElse(null);
            if (leaving == null) {
                return true;
            }
            slots.remove(leaving);
            best = slots.isEmpty() ? null : Collections.max(slots, Slot.BY_PREFERENCE);
        }
        return leaving.drain(DRAIN_LIMIT.toNanos());
    }

    /** True while there is a provider. */
    public boolean isServed() {
        return best != null;
    }

    /**
     * Waits until all of these gates have a provider, for as long as an exchange takes; for whoever judges whether all is
     * there. Blocks, unless all are served.
     *
     * @param patience how long at most; less when the thread is interrupted
     * @return the names of those that have none, in their order
     */
    public static List<String> unserved(Collection<? extends Gate<?>> gates, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!gates.stream().allMatch(Gate::isServed)
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return gates.stream().filter(gate -> !gate.isServed()).map(Gate::name).toList();
    }

    /** How many providers there are. */
    public int providers() {
        synchronized (lock) {
            return slots.size();
        }
    }

    /** A lease on the preferred provider, or null when there is none. Takes no lock and allocates nothing. */
    public @Nullable Lease<S> tryLease() {
        for (Slot<S> slot = best; slot != null; slot = best) {
            if (slot.acquire()) {
                return slot;
            }
            if (slot == best) {
                // Its unbind has hidden it from new leases but not yet from this field's other readers.
                Thread.onSpinWait();
            }
        }
        return null;
    }

    /** Calls the preferred provider under a lease; throws {@link UnavailableException} when there is none. */
    public <R> R call(Function<? super S, R> call) {
        Lease<S> lease = tryLease();
        if (lease == null) {
            throw new UnavailableException(name);
        }
        try (lease) {
            return call.apply(lease.service());
        }
    }

    /**
     * Calls the preferred provider and keeps the lease until the stage that it returned completes. What the returned
     * stage's dependents run, they run after the lease was given back. Fails with {@link UnavailableException} when
     * there is no provider.
     */
    public <R> CompletionStage<R> callAsync(Function<? super S, CompletionStage<R>> call) {
        Lease<S> lease = tryLease();
        if (lease == null) {
            return CompletableFuture.failedFuture(new UnavailableException(name));
        }
        CompletableFuture<R> result = new CompletableFuture<>();
        CompletionStage<R> stage;
        try {
            stage = call.apply(lease.service());
        } catch (RuntimeException | Error e) {
            // A provider that throws instead of failing its stage: the lease must not be lost.
            lease.close();
            result.completeExceptionally(e);
            return result;
        }
        stage.whenComplete((value, failure) -> {
            lease.close();
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(Failures.unwrap(failure));
            }
        });
        return result;
    }

    /** Leases on every provider, best first; each must be closed. */
    public List<Lease<S>> leaseAll() {
        return lease(slot -> true);
    }

    /**
     * Leases on every provider, best first, but of two versions of one bundle, one of which is replacing the other, only
     * on those of the higher version; each must be closed. For what every listener shall hear once.
     */
    public List<Lease<S>> leaseEach() {
        return lease(slot -> slots.stream().noneMatch(other -> other.rank.supersedes(slot.rank)));
    }

    private List<Lease<S>> lease(Predicate<Slot<S>> wanted) {
        List<Lease<S>> leases = new ArrayList<>();
        synchronized (lock) {
            slots.stream()
                    .filter(wanted)
                    .sorted(Collections.reverseOrder(Slot.BY_PREFERENCE))
                    .filter(Slot::acquire)
                    .forEach(leases::add);
        }
        return leases;
    }
}
