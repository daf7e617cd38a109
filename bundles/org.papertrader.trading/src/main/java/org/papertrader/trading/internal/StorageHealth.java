package org.papertrader.trading.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.storage.api.MarketStore;

/**
 * Whether the storage is there, takes a value and gives it back, and how long that takes; at most once a second, however
 * often it is asked. A storage that is being exchanged is waited for.
 */
@Component(
        service = HealthCheck.class,
        configurationPid = "org.papertrader.trading.health",
        property = {"hc.name=storage", "hc.tags=papertrader", "hc.tags=ready", "side=master"})
public final class StorageHealth implements HealthCheck {
    private static final String KEY = "health.probe";
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration SWAP_MAX = Duration.ofMillis(1_500);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Gate<MarketStore> gate = new Gate<>("storage");
    private final ReentrantLock lock = new ReentrantLock();
    private final long warnMillis;
    private volatile @Nullable Result last;
    private volatile long askedNanos;
    private volatile long answeredNanos;

    @Activate
    public StorageHealth(QueueHealth.Config config) {
        this.warnMillis = config.storageWarnMs();
    }

    @Reference(
            name = "storage",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindStore(MarketStore store, Map<String, Object> properties) {
        gate.bind(store, properties);
        last = null;
    }

    void unbindStore(MarketStore store) {
        last = null;
        gate.unbind(store);
    }

    @Override
    public Result execute() {
        Result known = fresh();
        if (known != null) {
            return known;
        }
        if (lock.tryLock()) {
            return ask();
        }
        known = last;
        if (known != null && System.nanoTime() - askedNanos < SWAP_MAX.toNanos()) {
            return known;
        }
        return awaitOther();
    }

    /** For tests: whether somebody asks the storage at this moment. */
    boolean isAsking() {
        return lock.isLocked();
    }

    /** For tests: whether somebody waits for what another one hears. */
    boolean isAwaited() {
        return lock.hasQueuedThreads();
    }

    private @Nullable Result fresh() {
        Result known = last;
        return known != null && System.nanoTime() - answeredNanos < FRESH.toNanos() ? known : null;
    }

    /** Somebody else asks already, perhaps a storage that is being exchanged: what he hears counts for both. */
    private Result awaitOther() {
        boolean mine;
        try {
            mine = lock.tryLock(SWAP_MAX.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "interrupted");
        }
        Result heard = fresh();
        if (!mine) {
            return heard != null ? heard : new Result(Result.Status.CRITICAL, "does not answer: is its disk stuck?");
        }
        if (heard == null) {
            return ask();
        }
        lock.unlock();
        return heard;
    }

    /** With the lock, which it gives back. */
    private Result ask() {
        try {
            askedNanos = System.nanoTime();
            Result result = probe();
            answeredNanos = System.nanoTime();
            last = result;
            return result;
        } finally {
            lock.unlock();
        }
    }

    private Result probe() {
        Lease<MarketStore> lease = lease();
        if (lease == null) {
            return new Result(
                    Result.Status.CRITICAL,
                    "no storage is there: start its bundle (lb, start), or see in the log why it does not open");
        }
        long begin = System.nanoTime();
        try (lease) {
            String value = Instant.now().toString();
            lease.service().putState(KEY, value);
            if (!lease.service().state(KEY).orElse("").equals(value)) {
                return new Result(
                        Result.Status.CRITICAL, "does not give back what it took: stop the master, restore a backup");
            }
        } catch (RuntimeException e) {
            // Whatever a storage throws: it does not work.
            return new Result(Result.Status.CRITICAL, "cannot be written: " + e + "; is the disk full?");
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        return millis >= warnMillis
                ? new Result(
                        Result.Status.WARN,
                        "is slow: a write and a read took " + millis + " ms; is the disk, or the machine, busy?")
                : new Result(Result.Status.OK, "a write and a read took " + millis + " ms");
    }

    private @Nullable Lease<MarketStore> lease() {
        long end = System.nanoTime() + SWAP_MAX.toNanos();
        Lease<MarketStore> lease = gate.tryLease();
        while (lease == null
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, PAUSE.toNanos());
            lease = gate.tryLease();
        }
        return lease;
    }
}
