package org.papertrader.link.api;

import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.Return;

/** What the master answers a worker. */
public sealed interface LinkReply {
    /** A return for the client, refusals included. */
    record Answer(Return answer) implements LinkReply {}

    /** A payload for the client, at most {@code ProtocolLimits.TRANSFER_DATA_MAX} bytes, its freshness inside. */
    record Data(byte[] payload) implements LinkReply {}

    /** The session is active: answers login, resume and {@link LinkRequest.Call.CheckSession}. */
    record ActiveSession(SessionId id, Session session) implements LinkReply {}
}
