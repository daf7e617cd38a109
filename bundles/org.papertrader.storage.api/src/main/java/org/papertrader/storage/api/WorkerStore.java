package org.papertrader.storage.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The register of workers (DS-6). Blocking, thread-safe. */
@ProviderType
public interface WorkerStore {
    /** All registered workers, by name. */
    List<StoredWorker> all();

    /** Adds a worker or replaces what is stored of it. */
    void put(StoredWorker worker);

    /** Removes a worker; false when there was none. */
    boolean remove(UUID uuid);

    /** Notes when it was last connected. */
    void seen(UUID uuid, Instant at);

    /**
     * A registered worker.
     *
     * @param allowedAddresses addresses or CIDR ranges, comma-separated
     * @param lastSeen null when it never connected
     * @param keys its public keys, the newest last; two while a key is rotated
     */
    record StoredWorker(
            UUID uuid,
            String name,
            String region,
            String allowedAddresses,
            boolean enabled,
            Instant registered,
            @Nullable Instant lastSeen,
            List<StoredKey> keys) {
        public StoredWorker {
            keys = List.copyOf(keys);
        }

        public StoredWorker withEnabled(boolean now) {
            return new StoredWorker(uuid, name, region, allowedAddresses, now, registered, lastSeen, keys);
        }

        public StoredWorker withLastSeen(Instant at) {
            return new StoredWorker(uuid, name, region, allowedAddresses, enabled, registered, at, keys);
        }

        public StoredWorker withKeys(List<StoredKey> changed) {
            return new StoredWorker(uuid, name, region, allowedAddresses, enabled, registered, lastSeen, changed);
        }
    }

    /**
     * A public OpenPGP key of a worker.
     *
     * @param fingerprint in full, in upper-case hexadecimal digits
     * @param armored the certificate, ASCII-armored
     */
    record StoredKey(String fingerprint, String armored, Instant added) {}
}
