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
     */
    record StoredWorker(
            UUID uuid,
            String name,
            String region,
            String allowedAddresses,
            boolean enabled,
            Instant registered,
            @Nullable Instant lastSeen) {}
}
