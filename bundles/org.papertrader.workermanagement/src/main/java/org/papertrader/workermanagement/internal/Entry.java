package org.papertrader.workermanagement.internal;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.WorkerServer;
import org.papertrader.model.WorkerStatus;
import org.papertrader.storage.api.WorkerStore.StoredKey;
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
    /**
     * What a worker told, from where and when.
     *
     * @param measured what it answered since; null before the first answer
     */
    record Connection(
            WorkerHello hello,
            InetAddress address,
            Instant since,
            @Nullable Measured measured) {}

    static Entry of(StoredWorker stored) {
        return new Entry(stored, AddressRules.parse(stored.allowedAddresses()), null);
    }

    Entry with(StoredWorker changed) {
        return new Entry(changed, AddressRules.parse(changed.allowedAddresses()), connection);
    }

    Entry joined(Connection newest) {
        return new Entry(stored.withLastSeen(newest.since()), rules, newest);
    }

    /** It answered; without effect when it is not connected. */
    Entry answered(Instant asked, Instant now, WorkerStatus status) {
        Connection at = connection;
        if (at == null) {
            return this;
        }
        Measured before = at.measured();
        Measured measured = before == null ? Measured.first(asked, now, status) : before.next(asked, now, status);
        return new Entry(stored, rules, new Connection(at.hello(), at.address(), at.since(), measured));
    }

    @Nullable
    Measured measured() {
        Connection at = connection;
        return at == null ? null : at.measured();
    }

    /** How many clients it has, roughly: the order of a list must not change with each of them. */
    int load() {
        Measured now = measured();
        return now == null
                ? 0
                : Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, now.status().clients()));
    }

    Entry left(Instant now) {
        return new Entry(stored.withLastSeen(now), rules, null);
    }

    boolean hasKey(String fingerprint) {
        return stored.keys().stream().anyMatch(key -> key.fingerprint().equals(fingerprint));
    }

    /** True while its key is rotated and the link stands by the new one. */
    boolean isRotated() {
        Connection now = connection;
        List<StoredKey> keys = stored.keys();
        return now != null
                && keys.size() > 1
                && keys.get(keys.size() - 1).fingerprint().equals(now.hello().keyFingerprint());
    }

    boolean isConnected() {
        return connection != null;
    }

    /** What clients are told: name and region as registered, address and port as the worker advertises. */
    @Nullable
    WorkerServer forClients() {
        Connection now = connection;
        if (now == null || !stored.enabled()) {
            return null;
        }
        WorkerServer told = now.hello().server();
        return new WorkerServer(stored.uuid(), stored.name(), told.host(), told.port(), stored.region());
    }
}
