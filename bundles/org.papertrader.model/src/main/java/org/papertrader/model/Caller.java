package org.papertrader.model;

import java.net.InetAddress;
import java.time.Instant;
import java.util.UUID;

/**
 * Who stands behind a command, as the worker saw it (OVR-6): evidence, never authority. The master authorizes by the
 * session alone.
 *
 * @param session the session id of the message, {@link SessionId#NONE} where none is needed
 * @param clientAddress where the client connected from
 * @param worker the worker that met the client
 * @param sequence the worker's own number of this command, growing; unique with {@code worker}
 * @param issued the worker's stamp (wall clock)
 */
public record Caller(SessionId session, InetAddress clientAddress, UUID worker, long sequence, Instant issued) {}
