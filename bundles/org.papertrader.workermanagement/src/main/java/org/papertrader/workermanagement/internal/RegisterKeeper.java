package org.papertrader.workermanagement.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
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

    /** How long a problem lasts before it is told: a worker in the same program makes its key in the first seconds. */
    private static final Duration TELLS_AFTER = Duration.ofSeconds(10);

    /** Until then it is looked at again so often that the worker is known before it first links. */
    private static final Duration SOON = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(RegisterKeeper.class);

    private final Gate<WorkerStore> store;
    private final KeyFiles keys;
    private final WorkerRegister register;
    private final Clock clock;
    private final Duration retry;
    private final ScheduledExecutorService thread;
    private final AtomicInteger notes = new AtomicInteger();
    private volatile List<ConfiguredWorker> configured = List.of();
    private final Map<UUID, Optional<StoredWorker>> unsaved = new HashMap<>();
    private final LastingProblems problems = new LastingProblems(TELLS_AFTER);

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
    void configured(List<ConfiguredWorker> registrations) {
        configured = List.copyOf(registrations);
        reload();
    }

    boolean isConfigured(UUID uuid) {
        return configured.stream().anyMatch(one -> one.registration().uuid().equals(uuid));
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
            flush();
            List<StoredWorker> stored = store.call(WorkerStore::all);
            register.load(stored);
        } catch (StorageException | UnavailableException e) {
            LOG.warn("the register of workers is not loaded yet: {}", e.getMessage());
            submit(this::load, retry.toMillis());
            return;
        }
        List<String> found = new ArrayList<>();
        for (ConfiguredWorker one : configured) {
            registerOnFirstSight(one).ifPresent(found::add);
        }
        tryAgain(found);
    }

    /** A key file may still have to be put in place, and the reader of keys to be started. */
    private void tryAgain(List<String> found) {
        problems.toTell(found, System.nanoTime()).forEach(problem -> LOG.warn("{}", problem));
        if (!found.isEmpty()) {
            submit(this::load, problems.hasNew() ? Math.min(SOON.toMillis(), retry.toMillis()) : retry.toMillis());
        }
    }

    /** Registers a worker that is not known yet, or adds the key that it lacks; what keeps it from that, if anything. */
    private Optional<String> registerOnFirstSight(ConfiguredWorker configuration) {
        Registration one = configuration.registration();
        Optional<Entry> known = register.find(one.uuid());
        if (known.isPresent() && !known.get().stored().keys().isEmpty()) {
            return Optional.empty();
        }
        try {
            if (known.isEmpty() && register.named(one.name()).isPresent()) {
                throw new IllegalArgumentException("its name is taken");
            }
            StoredWorker fresh = stored(one, keys.read(configuration.keyFile()));
            refuseKeysOfOthers(fresh);
            save(known.map(entry -> entry.stored().withKeys(fresh.keys())).orElse(fresh));
            LOG.info("worker {} is registered by configuration", one.name());
            return Optional.empty();
        } catch (StorageException | UnavailableException | IllegalArgumentException e) {
            return Optional.of("worker " + one.name() + " of the configuration is not registered: " + e.getMessage());
        }
    }

    KeyFiles keys() {
        return keys;
    }

    /** A key stands for one worker only, or one could pass for the other. */
    void refuseKeysOfOthers(StoredWorker worker) {
        for (StoredKey key : worker.keys()) {
            register.otherWithKey(worker.uuid(), key.fingerprint()).ifPresent(other -> {
                throw new IllegalArgumentException("the key " + key.fingerprint() + " is that of worker "
                        + other.stored().name());
            });
        }
    }

    private static StoredWorker stored(Registration one, StoredKey key) {
        return new StoredWorker(
                one.uuid(), one.name(), one.region(), one.allowedAddresses(), true, key.added(), null, List.of(key));
    }

    /** Stores a worker, then knows it. Blocks; throws {@link UnavailableException} or {@link StorageException}. */
    synchronized void save(StoredWorker worker) {
        store(worker.uuid(), Optional.of(worker));
        unsaved.remove(worker.uuid());
        register.put(worker);
    }

    /** Changes what is known of a worker, if there is one, and stores it. Blocks and throws as {@link #save}. */
    synchronized void change(UUID uuid, UnaryOperator<StoredWorker> change) {
        Optional<StoredWorker> changed = register.find(uuid).map(entry -> change.apply(entry.stored()));
        changed.ifPresent(this::save);
    }

    /**
     * Stores that a worker is off. The caller has made it count already: neither a storage that is away nor one that is
     * slow may keep an operator from it. What cannot be stored now is stored when the storage is back. Blocks and throws
     * as {@link #save}.
     */
    synchronized void disable(UUID uuid) {
        // Once more, in case that a change that was being stored meanwhile has undone it.
        register.disable(uuid);
        register.find(uuid).map(Entry::stored).ifPresent(off -> enforce(uuid, Optional.of(off)));
    }

    /** Stores that a worker is gone; as {@link #disable}. */
    synchronized void remove(UUID uuid) {
        register.remove(uuid);
        enforce(uuid, Optional.empty());
    }

    private void enforce(UUID uuid, Optional<StoredWorker> now) {
        unsaved.put(uuid, now);
        try {
            flush();
        } catch (StorageException | UnavailableException e) {
            submit(this::load, retry.toMillis());
            throw e;
        }
    }

    private void flush() {
        for (Map.Entry<UUID, Optional<StoredWorker>> one : Map.copyOf(unsaved).entrySet()) {
            store(one.getKey(), one.getValue());
            unsaved.remove(one.getKey());
        }
    }

    private void store(UUID uuid, Optional<StoredWorker> worker) {
        store.call(open -> {
            worker.ifPresentOrElse(open::put, () -> open.remove(uuid));
            return true;
        });
    }

    /** Ends the old keys of a worker that has connected with its new one, soon. */
    void retireOldKeys(UUID uuid) {
        submit(
                () -> {
                    try {
                        change(uuid, RegisterKeeper::newestKeyOnly);
                        LOG.info("worker {} has connected with its new key; the old one has ended", uuid);
                    } catch (StorageException | UnavailableException e) {
                        LOG.warn("the old key of worker {} stays until it connects next: {}", uuid, e.getMessage());
                    }
                },
                0);
    }

    static StoredWorker newestKeyOnly(StoredWorker worker) {
        List<StoredKey> all = worker.keys();
        return worker.withKeys(all.subList(Math.max(0, all.size() - 1), all.size()));
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
