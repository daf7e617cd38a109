package org.papertrader.workermanagement.internal;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.papertrader.storage.api.StorageException;
import org.papertrader.storage.api.WorkerStore;

/** A stored register in memory, with a switch for a failing storage. */
final class MemoryWorkerStore implements WorkerStore {
    final Map<UUID, StoredWorker> workers = new ConcurrentHashMap<>();
    final Map<UUID, Instant> seen = new ConcurrentHashMap<>();
    volatile boolean fails;

    /** Keeps whoever stores a worker waiting. */
    volatile @Nullable CountDownLatch slow;

    volatile boolean waiting;

    @Override
    public List<StoredWorker> all() {
        failIfAsked();
        return workers.values().stream()
                .sorted(Comparator.comparing(StoredWorker::name))
                .toList();
    }

    @Override
    public void put(StoredWorker worker) {
        failIfAsked();
        waitIfAsked();
        workers.put(worker.uuid(), worker);
    }

    @Override
    public boolean remove(UUID uuid) {
        failIfAsked();
        return workers.remove(uuid) != null;
    }

    @Override
    public void seen(UUID uuid, Instant at) {
        failIfAsked();
        seen.put(uuid, at);
    }

    private void waitIfAsked() {
        CountDownLatch until = slow;
        if (until != null) {
            waiting = true;
            try {
                until.await();
            } catch (InterruptedException e) {
                throw new StorageException("interrupted", e);
            }
        }
    }

    private void failIfAsked() {
        if (fails) {
            throw new StorageException("the disk is gone", new IllegalStateException("test"));
        }
    }
}
