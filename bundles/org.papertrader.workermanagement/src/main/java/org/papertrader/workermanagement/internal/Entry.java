package org.papertrader.workermanagement.internal;

import java.net.InetAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.WorkerServer;
import org.papertrader.storage.api.WorkerStore.StoredWorker;
import org.papertrader.workers.api.Workers.WorkerHello;

/**
 * A registered worker, as the register knows it. Immutable.
 *
 * @param rules from where it may connect
 * @param connection its newest link, or null while there is none
 */
record Entry(
        StoredWorker stored, AddressRules rules, @Nullable Connection connection) {
    /** What a worker told, from where and when. */
    record Connection(WorkerHello hello, InetAddress address, Instant since) {}

    static Entry of(StoredWorker stored) {
        return new Entry(stored, AddressRules.parse(stored.allowedAddresses()), null);
    }

    Entry with(StoredWorker changed) {
        return new Entry(changed, AddressRules.parse(changed.allowedAddresses()), connection);
    }

    Entry joined(Connection newest) {
        return new Entry(seen(newest.since()), rules, newest);
    }

    Entry left(Instant now) {
        return new Entry(seen(now), rules, null);
    }

    private StoredWorker seen(Instant now) {
        return new StoredWorker(
                stored.uuid(),
                stored.name(),
                stored.region(),
                stored.allowedAddresses(),
                stored.enabled(),
                stored.registered(),
                now);
    }

    boolean isConnected() {
        return connection != null;
    }

    /** What clients are told: name and region as registered, address, port and certificate as the worker tells. */
    @Nullable
    WorkerServer forClients() {
        Connection now = connection;
        if (now == null || !stored.enabled()) {
            return null;
        }
        WorkerServer told = now.hello().server();
        return new WorkerServer(
                stored.uuid(), stored.name(), told.host(), told.port(), stored.region(), told.certificateFingerprint());
    }

    /** connected, away or disabled. */
    String state() {
        return stored.enabled() ? isConnected() ? "connected" : "away" : "disabled";
    }
}
