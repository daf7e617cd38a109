package org.papertrader.workers.api;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.WorkerStatus;

/**
 * All that the master knows of a worker (MST-19).
 *
 * @param allowedAddresses from where it may connect
 * @param lastSeen when it was last connected; null when never
 * @param keys its public keys, the newest last
 * @param link its link; null while there is none
 */
public record WorkerView(
        UUID uuid,
        String name,
        String region,
        String allowedAddresses,
        State state,
        Instant registered,
        @Nullable Instant lastSeen,
        List<Key> keys,
        @Nullable Link link) {
    public WorkerView {
        keys = List.copyOf(keys);
    }

    /** How a worker stands. */
    public enum State {
        /** It serves clients. */
        CONNECTED,
        /** Its clients are told to move; its link closes soon. */
        LEAVING,
        /** It may connect, and does not. */
        AWAY,
        /** It may not connect. */
        DISABLED
    }

    /**
     * A public key.
     *
     * @param fingerprint in full
     * @param algorithm for people; empty while nobody can read keys
     * @param expires null when never, or while nobody can read keys
     */
    public record Key(
            String fingerprint,
            Instant added,
            String algorithm,
            @Nullable Instant expires) {}

    /**
     * A link that stands.
     *
     * @param address where it comes from
     * @param host where its clients connect
     * @param port where its clients connect
     * @param certificateFingerprint SHA-256 of the certificate that its clients see, lower-case hex; empty without TLS
     * @param version of its software, as it told
     * @param keyFingerprint of the key that it proved
     * @param answer what it answered last; null before that
     */
    public record Link(
            InetAddress address,
            Instant since,
            String host,
            int port,
            String certificateFingerprint,
            String version,
            String keyFingerprint,
            @Nullable Answer answer) {}

    /**
     * What a worker answered about itself.
     *
     * @param at when, by the master's clock
     * @param roundTrip time from question to answer, the quickest of the last ones
     * @param clockAhead how far the worker's clock is ahead of the master's
     * @param clockWrong whether that is further than allowed, so that its orders are refused
     */
    public record Answer(
            Instant at, Duration roundTrip, Duration clockAhead, boolean clockWrong, WorkerStatus status) {}
}
