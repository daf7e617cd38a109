package org.papertrader.master.internal;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.workers.api.Workers;
import org.papertrader.workers.api.Workers.WorkerClock;

/** How the workers' clocks stand, remembered while nobody measures them: a link is new, or the register swapped. */
final class WorkerClocks {
    /** Workers that are remembered. */
    private static final int WORKERS_MAX = 1_000;

    private final Gate<Workers> workers;
    private final Map<UUID, WorkerClock> known = new ConcurrentHashMap<>();

    WorkerClocks(Gate<Workers> workers) {
        this.workers = workers;
    }

    /** Unmeasured when it never was. */
    WorkerClock of(UUID worker) {
        Lease<Workers> lease = workers.tryLease();
        if (lease != null) {
            try (lease) {
                remember(worker, lease.service().clock(worker));
            }
        }
        return known.getOrDefault(worker, new WorkerClock.Unmeasured());
    }

    private void remember(UUID worker, WorkerClock now) {
        if (!(now instanceof WorkerClock.Unmeasured) && (known.containsKey(worker) || known.size() < WORKERS_MAX)) {
            known.put(worker, now);
        }
    }
}
