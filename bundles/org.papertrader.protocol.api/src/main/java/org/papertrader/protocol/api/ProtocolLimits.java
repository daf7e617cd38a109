package org.papertrader.protocol.api;

import java.time.Duration;

/** Limits of the protocol, enforced before anything is allocated. */
public final class ProtocolLimits {
    /** Most bytes of data in a request. */
    public static final int REQUEST_DATA_MAX = 4 * 1024;

    /** Most bytes of data in one packet or return of a server. */
    public static final int RETURN_DATA_MAX = 64 * 1024;

    /** Bytes of data in each packet of a transfer but the last. */
    public static final int PACKET_DATA_STANDARD = 16 * 1024;

    /** Most bytes of a whole transfer. */
    public static final int TRANSFER_DATA_MAX = 16 * 1024 * 1024;

    /** Most packets of a whole transfer that a receiver accepts. */
    public static final int TRANSFER_PACKETS_MAX = 64 * 1024;

    /** Most string arguments of a request. */
    public static final int REQUEST_ARGUMENTS_MAX = 8;

    /** Most string arguments of a return. */
    public static final int RETURN_ARGUMENTS_MAX = 256;

    /** Most workers in a list of workers. */
    public static final int WORKERS_MAX = RETURN_ARGUMENTS_MAX;

    /** Most rows in a page of transactions, orders or assets. */
    public static final int PAGE_ROWS_MAX = 10_000;

    /** Most sessions that a connection carries. */
    public static final int CARRIED_SESSIONS_MAX = 8;

    /** Largest request id. */
    public static final long REQUEST_ID_MAX = 0xFFFF_FFFFL;

    /** The request id of notices; no client may use it. */
    public static final long REQUEST_ID_NOTICE = 0;

    /** A connection that sends nothing for so long is closed. */
    public static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);

    /** Time that a begun frame may take until its last byte. */
    public static final Duration FRAME_TIMEOUT = Duration.ofSeconds(30);

    private ProtocolLimits() {}

    /** The number of packets that carry {@code payloadLength} bytes; 1 for an empty payload (PRO-11). */
    public static int packetCount(int payloadLength) {
        return Math.max(1, (payloadLength + PACKET_DATA_STANDARD - 1) / PACKET_DATA_STANDARD);
    }
}
