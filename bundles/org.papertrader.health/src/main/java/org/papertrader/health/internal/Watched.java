package org.papertrader.health.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;

/** One check: at most one call of it runs at a time, and an answer serves everybody for a while. Thread-safe. */
final class Watched {
    private static final int MESSAGE_MAX = 2_000;

    private final String name;
    private final Gate<HealthCheck> gate;
    private final Clock clock;
    private Set<String> tags = Set.of();
    private long bundle;
    private long goneNanos = System.nanoTime();
    private @Nullable Answer last;
    private long lastNanos;
    private @Nullable CompletableFuture<Answer> running;
    private long runningNanos;

    Watched(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
        this.gate = new Gate<>("health check " + name);
    }

    void bind(HealthCheck check, Map<String, ?> properties) {
        synchronized (this) {
            tags = tags(properties.get(HealthCheck.TAGS));
            bundle = properties.get("service.bundleid") instanceof Long id ? id : -1;
            last = null;
        }
        gate.bind(check, properties);
    }

    /** Waits until it is no longer being asked. */
    void unbind(HealthCheck check) {
        synchronized (this) {
            goneNanos = System.nanoTime();
        }
        gate.unbind(check);
    }

    synchronized Set<String> tags() {
        return tags;
    }

    /** The bundle that brought it last. */
    synchronized long bundle() {
        return bundle;
    }

    /** True when it has been away for longer than a swap takes. */
    synchronized boolean isGone(Duration swap) {
        return !gate.isServed() && System.nanoTime() - goneNanos > swap.toNanos();
    }

    /** Its answer, at most so old; a call that runs already is waited for. Never fails. */
    CompletableFuture<Answer> ask(Executor executor, Duration fresh) {
        CompletableFuture<Answer> asked;
        synchronized (this) {
            if (running != null) {
                return running;
            }
            if (last != null && (System.nanoTime() - lastNanos < fresh.toNanos() || !gate.isServed())) {
                return CompletableFuture.completedFuture(last);
            }
            asked = new CompletableFuture<>();
            running = asked;
            runningNanos = System.nanoTime();
        }
        try {
            executor.execute(() -> finish(asked, answer()));
        } catch (RejectedExecutionException e) {
            finish(asked, error("is not asked: too many checks do not answer"));
        }
        return asked;
    }

    /** For how long the call that runs has been running; zero when none does. */
    synchronized Duration runningFor() {
        return running == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - runningNanos);
    }

    /** An answer in its place. */
    Answer error(String message) {
        return new Answer(name, tags(), Result.Status.HEALTH_CHECK_ERROR, message, 0, clock.instant());
    }

    private void finish(CompletableFuture<Answer> asked, Answer answer) {
        synchronized (this) {
            running = null;
            last = answer;
            lastNanos = System.nanoTime();
        }
        asked.complete(answer);
    }

    private Answer answer() {
        long begin = System.nanoTime();
        Instant at = clock.instant();
        Lease<HealthCheck> lease = gate.tryLease();
        if (lease == null) {
            return new Answer(
                    name, tags(), Result.Status.TEMPORARILY_UNAVAILABLE, "the check is being replaced", 0, at);
        }
        try (lease) {
            Result result = lease.service().execute();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            return new Answer(name, tags(), result.getStatus(), message(result), millis, at);
        } catch (RuntimeException | LinkageError e) {
            // Another bundle's code: a check that fails says so by that.
            return error("failed with " + e);
        }
    }

    private static String message(Result result) {
        String text = StreamSupport.stream(result.spliterator(), false)
                .filter(entry -> !entry.isDebug())
                .map(ResultLog.Entry::getMessage)
                .collect(Collectors.joining("; "))
                .replaceAll("[\\s\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
        return text.length() <= MESSAGE_MAX ? text : text.substring(0, MESSAGE_MAX);
    }

    private static Set<String> tags(@Nullable Object property) {
        if (property instanceof String[] several) {
            return Set.copyOf(Arrays.asList(several));
        }
        return property instanceof String one ? Set.of(one) : Set.of();
    }
}
