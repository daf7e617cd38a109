package org.papertrader.workers.api;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.WorkerServer;
import org.papertrader.model.WorkerStatus;

/** The register of workers at the master (MST-19 to MST-22, DS-6). Thread-safe; answers from memory. */
@ProviderType
public interface Workers {
    /**
     * Decides, before any work on keys, whether a handshake with a worker is worth its time (PRO-9): only when it is
     * registered with a key, enabled, and calls from an allowed address. Cheap, from memory; who holds one of the keys
     * must still be admitted by {@link #admit}.
     */
    Knock knock(UUID worker, InetAddress address);

    /**
     * Decides on a worker that connected: only registered and enabled ones, from allowed addresses, by
     * a key that is registered for them. Of two links of one
     * worker the newer wins; the caller closes the older. A provider that newly appears is asked again for every link
     * that stands, so that it knows who is connected.
     */
    Admission admit(WorkerHello hello, InetAddress address);

    /** An admitted worker has no link any more; not told of a link that a newer one of the same worker replaced. */
    void left(UUID worker);

    /**
     * A connected worker answered how it is (MST-19). Called as it came in: the worker's clock is measured by it.
     *
     * @param asked what it was asked with, by the master's clock
     */
    void reported(UUID worker, Instant asked, WorkerStatus status);

    /** How the clock of a worker stands to the master's, as last measured over its link. */
    WorkerClock clock(UUID worker);

    /**
     * Workers that are registered, enabled and connected, for clients (MST-22, PRO-10): those of the given worker's
     * region first, and in a region those with fewer clients. Throws {@code UnavailableException} while a provider that
     * newly appeared does not know yet who is connected.
     *
     * @param near the worker whose clients ask; null for a client of none
     * @return at most 1,000
     */
    List<WorkerServer> available(@Nullable UUID near);

    /**
     * What a worker tells when it connects, and what the handshake proved.
     *
     * @param server its identity and the address that clients shall use
     * @param version its software version
     * @param keyFingerprint the full fingerprint of the key that the handshake proved, in upper-case hexadecimal digits
     */
    record WorkerHello(WorkerServer server, String version, String keyFingerprint) {
        public WorkerHello {
            if (keyFingerprint.isEmpty()) {
                throw new IllegalArgumentException("no key was proved");
            }
        }
    }

    /** What is known of one who knocks. */
    sealed interface Knock {
        /**
         * A worker whose key shall be asked for.
         *
         * @param armoredKeys the OpenPGP certificates that count now, ASCII-armored: one, or two while a key is rotated
         */
        record Known(List<String> armoredKeys) implements Knock {
            public Known {
                armoredKeys = List.copyOf(armoredKeys);
            }
        }

        /** Nobody to talk to; the text is for the master's log, not for the wire. */
        record Stranger(String text) implements Knock {}
    }

    /** The clock of a worker. */
    sealed interface WorkerClock {
        /** Nobody knows: no link, or none for long enough. */
        record Unmeasured() implements WorkerClock {}

        /** It is ahead of the master's by so much, perhaps less than nothing; its stamps are corrected by that. */
        record Ahead(Duration offset) implements WorkerClock {}

        /** It is further off than the operator allows: orders that it stamps are refused. */
        record Wrong(Duration offset) implements WorkerClock {}
    }

    /** The decision. */
    sealed interface Admission {
        /** It may work. */
        record Admitted() implements Admission {}

        /** It may not; the text is for the master's log, not for the wire. */
        record Rejected(String text) implements Admission {}
    }
}
