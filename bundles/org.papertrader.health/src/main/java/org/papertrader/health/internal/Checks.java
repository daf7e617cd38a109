package org.papertrader.health.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;

/** All checks of the program, asked on threads of its own within a time limit. Thread-safe. */
final class Checks implements AutoCloseable {
    /** Longer than a bundle takes to be replaced. */
    static final Duration SWAP_MAX = Duration.ofSeconds(5);

    private static final int THREADS_MAX = 32;
    private static final int IDLE_THREAD_S = 10;

    private final Map<String, Watched> checks = new ConcurrentHashMap<>();
    private final LongFunction<Bundle> bundles;
    private final Clock clock;
    private final ThreadPoolExecutor threads;

    /** How a bundle is. */
    enum Bundle {
        RUNNING,
        STOPPED,
        UNINSTALLED
    }

    /** @param bundles tells of a bundle by its number how it is */
    Checks(LongFunction<Bundle> bundles, Clock clock) {
        this.bundles = bundles;
        this.clock = clock;
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                0, THREADS_MAX, IDLE_THREAD_S, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "papertrader-health-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    void bind(HealthCheck check, Map<String, ?> properties) {
        // Within the map: whoever forgets a check that is gone must not forget the one that has just come.
        checks.compute(name(properties), (name, known) -> {
            Watched watched = known == null ? new Watched(name, clock) : known;
            watched.bind(check, properties);
            return watched;
        });
    }

    void unbind(HealthCheck check, Map<String, ?> properties) {
        Watched watched = checks.get(name(properties));
        if (watched != null) {
            watched.unbind(check);
        }
    }

    /** In no order. */
    Set<String> names() {
        return Set.copyOf(checks.keySet());
    }

    /**
     * Asks the checks that are wanted, all at once; answers by name.
     *
     * @param wanted name and tags of a check
     * @param timeout of each
     * @param fresh how old answers may be
     */
    List<Answer> ask(Predicate<Map.Entry<String, Watched>> wanted, Duration timeout, Duration fresh)
            throws InterruptedException {
        Map<Watched, CompletableFuture<Answer>> asked = new LinkedHashMap<>();
        Map<String, Answer> answers = new TreeMap<>();
        for (Map.Entry<String, Watched> entry : checks.entrySet()) {
            Watched watched = entry.getValue();
            if (!wanted.test(entry)) {
                continue;
            }
            if (watched.isGone(SWAP_MAX)) {
                gone(entry.getKey(), watched).ifPresent(answer -> answers.put(answer.name(), answer));
            } else if (watched.runningFor().compareTo(timeout) > 0) {
                answers.put(entry.getKey(), late(watched));
            } else {
                asked.put(watched, watched.ask(threads, fresh));
            }
        }
        for (Map.Entry<Watched, CompletableFuture<Answer>> entry : asked.entrySet()) {
            Answer answer = await(entry.getKey(), entry.getValue(), timeout);
            answers.put(answer.name(), answer);
        }
        return List.copyOf(answers.values());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Each has its own time: where the machine is slow, the last one asked must not pay for the others. */
    private static Answer await(Watched watched, CompletableFuture<Answer> asked, Duration timeout)
            throws InterruptedException {
        try {
            long rest = timeout.minus(watched.runningFor()).toNanos();
            return asked.get(Math.max(0, rest), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return late(watched);
        } catch (ExecutionException e) {
            return watched.error("failed with " + e.getCause());
        }
    }

    private static Answer late(Watched watched) {
        return watched.error("has not answered for " + watched.runningFor().toMillis()
                + " ms: what it looks at hangs (jstack tells where), or the machine has too much to do");
    }

    /** A bundle that is stopped takes its checks with it, and must not look healthy by that. */
    private Optional<Answer> gone(String name, Watched watched) {
        Bundle bundle = bundles.apply(watched.bundle());
        if (bundle == Bundle.UNINSTALLED) {
            checks.computeIfPresent(name, (key, known) -> known == watched && watched.isGone(SWAP_MAX) ? null : known);
            return Optional.empty();
        }
        String text = bundle == Bundle.STOPPED
                ? "is not there: bundle " + watched.bundle() + " is stopped; start " + watched.bundle()
                : "is not there: its component in bundle " + watched.bundle() + " waits for something; scr:list tells";
        return Optional.of(new Answer(name, watched.tags(), Result.Status.CRITICAL, text, 0, clock.instant()));
    }

    private static String name(Map<String, ?> properties) {
        Object name = properties.get(HealthCheck.NAME);
        return name != null ? name.toString() : Objects.toString(properties.get("service.id"), "nameless");
    }
}
