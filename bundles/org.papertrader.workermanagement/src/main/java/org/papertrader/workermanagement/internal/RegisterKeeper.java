package org.papertrader.workermanagement.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.papertrader.gate.Gate;
import org.papertrader.gate.UnavailableException;
import org.papertrader.storage.api.StorageException;
import org.papertrader.storage.api.WorkerStore;
import org.papertrader.storage.api.WorkerStore.StoredKey;
import org.papertrader.storage.api.WorkerStore.StoredWorker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the register in memory and the stored one the same, on a thread of its own. */
final class RegisterKeeper implements AutoCloseable {
    /** Notes of last connections that wait to be stored; further ones are dropped. */
    static final int NOTES_MAX = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(RegisterKeeper.class);

    private final Gate<WorkerStore> store;
    private final KeyFiles keys;
    private final WorkerRegister register;
    private final Clock clock;
    private final Duration retry;
    private final ScheduledExecutorService thread;
    private final AtomicInteger notes = new AtomicInteger();
    private volatile List<Registration> configured = List.of();
    private List<String> reported = List.of();

    /** @param retry time after which a failed load is tried again */
    RegisterKeeper(Gate<WorkerStore> store, KeyFiles keys, WorkerRegister register, Clock clock, Duration retry) {
        this.store = store;
        this.keys = keys;
        this.register = register;
        this.clock = clock;
        this.retry = retry;
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "worker-register");
            made.setDaemon(true);
            return made;
        });
    }

    /** Workers that the configuration registers; they are stored when the register does not know them. */
    void configured(List<Registration> registrations) {
        configured = List.copyOf(registrations);
        reload();
    }

    boolean isConfigured(UUID uuid) {
        return configured.stream().anyMatch(one -> one.uuid().equals(uuid));
    }

    /** Reads the stored register soon, and again until it succeeds. */
    void reload() {
        submit(this::load, 0);
    }

    private synchronized void load() {
        if (!store.isServed()) {
            // Its bind will ask again.
            return;
        }
        try {
            List<StoredWorker> stored = store.call(WorkerStore::all);
            register.load(stored);
        } catch (StorageException | UnavailableException e) {
            LOG.warn("the register of workers is not loaded yet: {}", e.getMessage());
            submit(this::load, retry.toMillis());
            return;
        }
        List<String> problems = new ArrayList<>();
        for (Registration one : configured) {
            registerOnFirstSight(one).ifPresent(problems::add);
        }
        tryAgain(problems);
    }

    /** A key file may still have to be put in place, and the reader of keys to be started. */
    private void tryAgain(List<String> problems) {
        if (!problems.equals(reported)) {
            reported = List.copyOf(problems);
            problems.forEach(problem -> LOG.warn("{}", problem));
        }
        if (!problems.isEmpty()) {
            submit(this::load, retry.toMillis());
        }
    }

    /** Registers a worker that is not known yet, or adds the key that it lacks; what keeps it from that, if anything. */
    private Optional<String> registerOnFirstSight(Registration one) {
        Optional<Entry> known = register.find(one.uuid().toString());
        boolean complete = known.isPresent()
                && (one.keyFile() == null || !known.get().stored().keys().isEmpty());
        if (complete) {
            return Optional.empty();
        }
        try {
            if (known.isEmpty() && register.find(one.name()).isPresent()) {
                throw new IllegalArgumentException("its name is taken");
            }
            StoredWorker fresh = stored(one);
            save(known.map(entry -> entry.stored().withKeys(fresh.keys())).orElse(fresh));
            LOG.info("worker {} is registered by configuration", one.name());
            return Optional.empty();
        } catch (StorageException | UnavailableException | IllegalArgumentException e) {
            return Optional.of("worker " + one.name() + " of the configuration is not registered: " + e.getMessage());
        }
    }

    /** As it will be stored; throws as {@link KeyFiles#read}. */
    StoredWorker stored(Registration one) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        List<StoredKey> fresh = one.keyFile() == null ? List.of() : List.of(keys.read(one.keyFile()));
        return new StoredWorker(one.uuid(), one.name(), one.region(), one.allowedAddresses(), true, now, null, fresh);
    }

    /** Stores a worker, then knows it. Blocks; throws {@link UnavailableException} or {@link StorageException}. */
    synchronized void save(StoredWorker worker) {
        store.call(open -> {
            open.put(worker);
            return true;
        });
        register.put(worker);
    }

    /** Removes a worker from storage and forgets it. Blocks as {@link #save}. */
    synchronized void remove(UUID uuid) {
        store.call(open -> open.remove(uuid));
        register.remove(uuid);
    }

    /** Notes that a worker was connected now, soon. */
    void seen(UUID uuid) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        if (notes.incrementAndGet() > NOTES_MAX) {
            notes.decrementAndGet();
            return;
        }
        submit(() -> note(uuid, now), 0);
    }

    private void note(UUID uuid, Instant at) {
        notes.decrementAndGet();
        try {
            store.call(open -> {
                open.seen(uuid, at);
                return true;
            });
        } catch (StorageException | UnavailableException e) {
            LOG.debug("when worker {} was seen is not stored: {}", uuid, e.getMessage());
        }
    }

    private void submit(Runnable task, long delayMillis) {
        try {
            thread.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the register is closed already");
        }
    }

    /** Lets a running call end by itself: an interrupt would close an embedded database's files. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
