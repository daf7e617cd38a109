package org.papertrader.transport.internal;

import java.time.Duration;
import org.papertrader.protocol.api.ProtocolLimits;

/**
 * The bounds of one port. Times in nanoseconds.
 *
 * @param connectionsMax connections at a time
 * @param connectionsPerAddressMax connections of one client address at a time
 * @param inFlightMax requests of one connection under way at a time
 * @param writeLowBytes the client takes more again below so many unsent bytes; so many bytes of answers may wait behind
 *     the packets of transfers
 * @param writeHighBytes no packets are added above so many unsent bytes, and but for those answers nothing more is read
 * @param idleNanos a connection that sends nothing for so long is closed
 * @param frameNanos time that a begun frame may take until its last byte
 * @param sweepNanos how often times are looked at
 * @param arrivals bounds of connections that are not a client's or link's yet
 */
record Limits(
        int connectionsMax,
        int connectionsPerAddressMax,
        int inFlightMax,
        int writeLowBytes,
        int writeHighBytes,
        long idleNanos,
        long frameNanos,
        long sweepNanos,
        Arrivals arrivals) {

    /**
     * Bounds of connections that have not said what they are, or shake hands.
     *
     * @param max so many at a time
     * @param perAddressMax of one address at a time
     * @param handshake time that a TLS handshake may take
     */
    record Arrivals(int max, int perAddressMax, Duration handshake) {
        static Arrivals standard() {
            return new Arrivals(2_000, 500, Duration.ofSeconds(10));
        }
    }

    /** Payload bytes that wait for one client; more is answered {@code busy}. */
    static final long PAYLOAD_BYTES_MAX = 32L << 20;

    /** Unsent bytes above which a client gets no more notices: more than an account's open orders can make. */
    static final long NOTICE_BYTES_MAX = 1L << 20;

    /** A client that reads nothing of what waits for it is closed after so long. */
    static final long STALL_NANOS = Duration.ofSeconds(30).toNanos();

    /** How long whole frames wait for a handler. */
    static final long PARK_NANOS = Duration.ofSeconds(5).toNanos();

    /** Time until a connection must have said what it is. */
    static final long FIRST_BYTES_NANOS = Duration.ofSeconds(10).toNanos();

    /** How long a port that closes waits for answers under way. */
    static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    /** How long what a client still sends is thrown away, so that it can read why it was closed. */
    static final long LINGER_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long SWEEP_NANOS = Duration.ofMillis(500).toNanos();

    static Limits of(TransportConfig config) {
        return new Limits(
                config.connectionsMax(),
                config.connectionsPerAddressMax(),
                config.inFlightMax(),
                config.writeLowBytes(),
                Math.max(config.writeLowBytes(), config.writeHighBytes()),
                Duration.ofMillis(config.idleTimeoutMs()).toNanos(),
                Duration.ofMillis(config.frameTimeoutMs()).toNanos(),
                SWEEP_NANOS,
                new Arrivals(
                        config.handshakesMax(),
                        config.handshakesPerAddressMax(),
                        Duration.ofMillis(config.handshakeTimeoutMs())));
    }

    static Limits standard() {
        return new Limits(
                10_000,
                1_000,
                1_024,
                128 * 1024,
                256 * 1024,
                ProtocolLimits.IDLE_TIMEOUT.toNanos(),
                ProtocolLimits.FRAME_TIMEOUT.toNanos(),
                SWEEP_NANOS,
                Arrivals.standard());
    }
}
