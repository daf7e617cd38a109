package org.papertrader.model;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who stands behind a command, as the worker saw it (OVR-6): evidence, never authority. The master authorizes by the
 * session alone.
 *
 * @param session the session id of the message, {@link SessionId#NONE} where none is needed
 * @param clientAddress where the client connected from
 * @param worker the worker that met the client
 * @param sequence the worker's own number of this command, growing; unique with {@code worker}
 * @param issued the worker's stamp (wall clock)
 * @param clockAhead how far the worker's clock is ahead of the master's, as the master measured it; zero at the worker,
 *     and where nobody measured it; null when it is so far off that the stamp means nothing
 */
public record Caller(
        SessionId session,
        InetAddress clientAddress,
        UUID worker,
        long sequence,
        Instant issued,
        @Nullable Duration clockAhead) {
    /** A caller as the worker tells of it. */
    public Caller(SessionId session, InetAddress clientAddress, UUID worker, long sequence, Instant issued) {
        this(session, clientAddress, worker, sequence, issued, Duration.ZERO);
    }

    /** The same caller of a worker whose clock was measured. */
    public Caller withClockAhead(@Nullable Duration measured) {
        return new Caller(session, clientAddress, worker, sequence, issued, measured);
    }
}
