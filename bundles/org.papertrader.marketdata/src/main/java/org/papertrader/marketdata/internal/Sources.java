package org.papertrader.marketdata.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.papertrader.assets.api.AssetSource;
import org.papertrader.assets.api.Capabilities;
import org.papertrader.assets.api.SourceException;
import org.papertrader.assets.api.SymbolResult.Fault;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.gate.UnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls sources: on a bounded pool, within their timeout, within their quota, and not while they are paused. Whatever a
 * source does, the caller gets an {@link Answer}. Thread-safe.
 */
final class Sources {
    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

    private final Gate<AssetSource> gate;
    private final ExecutorService pool;
    private final QuotaLedger quotas;
    private final Clock wall;
    private final Map<String, SourceState> states = new ConcurrentHashMap<>();

    Sources(Gate<AssetSource> gate, ExecutorService pool, QuotaLedger quotas, Clock wall) {
        this.gate = gate;
        this.pool = pool;
        this.quotas = quotas;
        this.wall = wall;
    }

    /** The sources that are there, the preferred first: by configuration, then by service ranking. */
    List<Capabilities> order(List<String> preference) {
        Map<String, Capabilities> found = new LinkedHashMap<>();
        for (Lease<AssetSource> lease : gate.leaseAll()) {
            try (lease) {
                Capabilities capabilities = lease.service().capabilities();
                found.putIfAbsent(capabilities.id(), capabilities);
            } catch (RuntimeException e) {
                // An integrator's code: one source that fails must not hide the others.
                LOG.warn("a source does not tell its capabilities and is left out", e);
            }
        }
        List<Capabilities> order = new ArrayList<>(found.values());
        order.sort(Comparator.comparingInt(source -> {
            int index = preference.indexOf(source.id());
            return index < 0 ? Integer.MAX_VALUE : index;
        }));
        return order;
    }

    SourceState state(String id) {
        return states.computeIfAbsent(id, key -> new SourceState(wall));
    }

    /** Sources were bound: each gets a new chance. */
    void renewed() {
        states.values().forEach(SourceState::renewed);
    }

    /** Calls a source and waits for its answer. */
    <R> Answer<R> call(Capabilities source, Function<AssetSource, R> call) {
        return start(source, call).await();
    }

    /** Begins a call. */
    <R> Pending<R> start(Capabilities source, Function<AssetSource, R> call) {
        Optional<Instant> pause = state(source.id()).pausedUntil();
        if (pause.isPresent()) {
            return new Pending<>(source, null, new Answer.None<>(Fault.RATE_LIMITED, "paused", pause.get()));
        }
        Optional<Instant> noQuota = quotas.take(source);
        if (noQuota.isPresent()) {
            return new Pending<>(
                    source, null, new Answer.None<>(Fault.QUOTA_EXHAUSTED, "own budget used up", noQuota.get()));
        }
        try {
            return new Pending<>(source, pool.submit(() -> leased(source.id(), call)), null);
        } catch (RejectedExecutionException e) {
            return new Pending<>(source, null, new Answer.None<>(Fault.TRANSIENT, "too many calls at once", null));
        }
    }

    private <R> R leased(String id, Function<AssetSource, R> call) {
        List<Lease<AssetSource>> leases = gate.leaseAll();
        try {
            for (Lease<AssetSource> lease : leases) {
                if (lease.service().capabilities().id().equals(id)) {
                    leases.remove(lease);
                    leases.forEach(Lease::close);
                    leases = List.of(lease);
                    return call.apply(lease.service());
                }
            }
            throw new UnavailableException(id);
        } finally {
            leases.forEach(Lease::close);
        }
    }

    /** A call under way. */
    final class Pending<R> {
        private final Capabilities source;
        private final @Nullable Future<R> future;
        private final @Nullable Answer<R> known;
        private final long deadline;

        private Pending(Capabilities source, @Nullable Future<R> future, @Nullable Answer<R> known) {
            this.source = source;
            this.future = future;
            this.known = known;
            this.deadline = System.nanoTime() + source.timeout().toNanos();
        }

        /** The answer, within the source's timeout; after it the call is interrupted and no longer waited for. */
        Answer<R> await() {
            Future<R> running = future;
            if (running == null) {
                return known == null ? new Answer.None<>(Fault.TRANSIENT, "not started", null) : known;
            }
            try {
                R value = running.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (value == null) {
                    return failed(Fault.MALFORMED, "answered null");
                }
                state(source.id()).answered();
                return new Answer.Got<>(value);
            } catch (TimeoutException e) {
                running.cancel(true);
                return failed(
                        Fault.TRANSIENT, "no answer within " + source.timeout().toMillis() + " ms");
            } catch (InterruptedException e) {
                running.cancel(true);
                Thread.currentThread().interrupt();
                return new Answer.None<>(Fault.TRANSIENT, "interrupted", null);
            } catch (ExecutionException | CancellationException e) {
                return failed(e);
            }
        }

        private Answer<R> failed(Exception e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof SourceException refusal) {
                return failed(refusal.fault(), String.valueOf(refusal.getMessage()));
            }
            if (cause instanceof UnavailableException || cause instanceof CancellationException) {
                return new Answer.None<>(Fault.TRANSIENT, "the source is gone", null);
            }
            LOG.warn("source {} failed against its contract", source.id(), cause);
            return failed(Fault.TRANSIENT, cause.toString());
        }

        private Answer<R> failed(Fault fault, String text) {
            state(source.id()).failed(fault, text, null);
            return new Answer.None<>(fault, text, null);
        }
    }
}
