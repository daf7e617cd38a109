package org.papertrader.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.storage.api.WorkerStore;
import org.papertrader.storage.api.WorkerStore.StoredKey;
import org.papertrader.storage.api.WorkerStore.StoredWorker;

/** What every {@link WorkerStore} in SQL does. */
public abstract class WorkerStoreContract extends StorageContract {
    private static final UUID ONE = UUID.fromString("ffffffff-0000-4000-8000-000000000001");
    private static final UUID TWO = UUID.fromString("00000000-0000-4000-8000-000000000002");

    @Test
    @Tag("DS-6")
    void keepsWorkersByNameOverAReopening() {
        StoredWorker zurich =
                new StoredWorker(ONE, "zurich", "eu", "192.0.2.0/24,2001:db8::/32", true, NOW, null, List.of());
        StoredWorker austin =
                new StoredWorker(TWO, "austin", "us", "198.51.100.7", false, NOW, NOW.plusSeconds(1), List.of());
        storage.workers().put(zurich);
        storage.workers().put(austin);

        reopen();

        assertThat(storage.workers().all()).containsExactly(austin, zurich);
    }

    @Test
    void replacesWhatIsStoredOfAWorker() {
        storage.workers().put(new StoredWorker(ONE, "zurich", "eu", "", true, NOW, NOW, List.of()));
        StoredWorker changed = new StoredWorker(ONE, "geneva", "eu", "192.0.2.1", false, NOW, null, List.of());

        storage.workers().put(changed);

        assertThat(storage.workers().all()).containsExactly(changed);
    }

    @Test
    void storesAWorkerThatSeveralPutAtOnceOnce() throws Exception {
        atOnce(8, () -> {
            storage.workers().put(new StoredWorker(ONE, "zurich", "eu", "", true, NOW, null, List.of()));
            return true;
        });

        assertThat(storage.workers().all()).hasSize(1);
    }

    @Test
    void notesAConnectionAndRemoves() {
        storage.workers().put(new StoredWorker(ONE, "zurich", "eu", "", true, NOW, null, List.of()));

        storage.workers().seen(ONE, NOW.plusSeconds(5));
        storage.workers().seen(TWO, NOW);

        assertThat(storage.workers().all().get(0).lastSeen()).isEqualTo(NOW.plusSeconds(5));
        assertThat(storage.workers().remove(TWO)).isFalse();
        assertThat(storage.workers().remove(ONE)).isTrue();
        assertThat(storage.workers().all()).isEmpty();
    }

    @Test
    @Tag("DS-6")
    void keepsTheKeysOfAWorkerTheNewestLast() {
        StoredKey old = new StoredKey("F".repeat(40), "the armored certificate \u00e9\n".repeat(500), NOW);
        StoredKey fresh = new StoredKey("0".repeat(64), "another", NOW.plusSeconds(1));
        StoredWorker zurich = new StoredWorker(ONE, "zurich", "eu", "::1", true, NOW, null, List.of(old, fresh));
        StoredWorker austin = new StoredWorker(TWO, "austin", "us", "::1", true, NOW, null, List.of(old));
        storage.workers().put(zurich);
        storage.workers().put(austin);

        reopen();
        assertThat(storage.workers().all()).containsExactly(austin, zurich);
        storage.workers().put(zurich.withKeys(List.of(fresh)));
        storage.workers().remove(TWO);
        storage.workers().put(austin.withKeys(List.of()));

        assertThat(storage.workers().all())
                .containsExactly(austin.withKeys(List.of()), zurich.withKeys(List.of(fresh)));
    }
}
