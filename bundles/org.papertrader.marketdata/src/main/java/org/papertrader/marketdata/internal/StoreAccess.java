package org.papertrader.marketdata.internal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.papertrader.gate.Gate;
import org.papertrader.gate.UnavailableException;
import org.papertrader.storage.api.MarketStore;
import org.papertrader.storage.api.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The storage, which may be away: what can go on without it does, and the log says so once an outage. Thread-safe. */
final class StoreAccess {
    private static final Logger LOG = LoggerFactory.getLogger(StoreAccess.class);

    private final Gate<MarketStore> gate;

    /** At the start it is not there yet, which is no outage. */
    private final AtomicBoolean down = new AtomicBoolean(true);

    private final AtomicLong failures = new AtomicLong();

    StoreAccess(Gate<MarketStore> gate) {
        this.gate = gate;
    }

    /** Reads or writes; throws {@link UnavailableException} when the storage is away or failed. */
    <R> R call(Function<MarketStore, R> call) {
        long before = failures.get();
        try {
            R result = gate.call(call);
            // What was begun before another call failed says nothing of now.
            if (failures.get() == before && down.getAndSet(false)) {
                LOG.info("the storage is there");
            }
            return result;
        } catch (StorageException e) {
            note(e);
            throw new UnavailableException("market storage");
        } catch (UnavailableException e) {
            note(e);
            throw e;
        }
    }

    /** Reads; empty when the storage is away. */
    <R> Optional<R> tryRead(Function<MarketStore, R> read) {
        try {
            return Optional.of(call(read));
        } catch (UnavailableException e) {
            return Optional.empty();
        }
    }

    /** Writes; false when the storage is away. */
    boolean tryWrite(Consumer<MarketStore> write) {
        return tryRead(store -> {
                    write.accept(store);
                    return true;
                })
                .isPresent();
    }

    private void note(RuntimeException failure) {
        failures.incrementAndGet();
        if (!down.getAndSet(true)) {
            LOG.warn("the storage is away, current values go on from memory: {}", failure.toString());
        }
    }
}
