package org.papertrader.master.internal;

import org.papertrader.model.Refusal;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.Return;

/** What a module's outcome becomes, before it is put into bytes. */
sealed interface Answer {
    /** A return that says yes. */
    record Yes(Return value) implements Answer {}

    /** A payload, to be encoded. */
    record Data(Payload payload) implements Answer {}

    /** A session that is active. */
    record Granted(SessionId id, Session session) implements Answer {}

    /** A refusal; which return carries it depends on the request. */
    record No(Refusal refusal) implements Answer {}
}
