package org.papertrader.client;

import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;

/**
 * What a connection must be told to go on where another one ended.
 *
 * @param session the session, {@link SessionId#NONE} for none
 * @param subscribed whether notices of orders were asked for
 */
record Standing(SessionId session, boolean subscribed) {
    static final Standing NONE = new Standing(SessionId.NONE, false);

    /** What it is after an answer. */
    Standing after(Call call, Connection.Reply reply) {
        if (!(reply instanceof Connection.Reply.Answer answer)) {
            return this;
        } else if (answer.value() instanceof Return.SessionGranted granted) {
            return granted.sessionId().equals(session) ? this : new Standing(granted.sessionId(), false);
        } else if (!call.session.equals(session)) {
            return this;
        } else if (answer.value() instanceof Return.SubscribeSuccess) {
            return new Standing(session, true);
        }
        boolean loggedOut = call.request instanceof Request.Logout && answer.value() instanceof Return.LogoutSuccess;
        return loggedOut ? NONE : this;
    }
}
