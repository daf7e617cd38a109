package org.papertrader.gateway.internal;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.papertrader.metrics.api.RequestMeter;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.sessions.api.ClientSessions;

/**
 * What the gateway keeps with a connection: the session that was verified last, so that the next frame needs no look-up,
 * and the requests that wait behind one whose session is being verified, so that order is kept. Belongs to the
 * connection's event loop.
 */
final class Desk {
    private byte[] sessionBytes = SessionId.NONE.toBytes();
    private ClientSessions.@Nullable Entry entry;
    private final Queue<ClientRequest> waiting = new ArrayDeque<>();
    private final Logouts logouts = new Logouts();
    private @Nullable ClientSessions told;
    private final RequestMeter.Lane<Instruction> lane;
    private boolean verifying;

    /** @param lane counts on the connection's event loop */
    Desk(RequestMeter.Lane<Instruction> lane) {
        this.lane = lane;
    }

    RequestMeter.Lane<Instruction> lane() {
        return lane;
    }

    /** True when the frame carries the session that was verified last, and it is still active. */
    boolean isAuthorized(FrameView frame, long nowMillis) {
        ClientSessions.Entry known = entry;
        return known != null && frame.sessionEquals(sessionBytes) && known.isActive(nowMillis);
    }

    /** True when this session was verified last, and it is still active. */
    boolean isAuthorized(SessionId session, long nowMillis) {
        ClientSessions.Entry known = entry;
        return known != null && known.id().equals(session) && known.isActive(nowMillis);
    }

    void authorized(ClientSessions.Entry verified) {
        entry = verified;
        sessionBytes = verified.id().toBytes();
    }

    /** Frames of this session are looked at again. */
    void leave(SessionId session) {
        ClientSessions.Entry known = entry;
        if (known != null && known.id().equals(session)) {
            entry = null;
        }
    }

    /** The order of orders and logouts. */
    Logouts logouts() {
        return logouts;
    }

    /** True when this client management knows the connection. */
    boolean isTold(ClientSessions sessions) {
        return told == sessions;
    }

    /** This client management knows the connection; what another said of sessions is not trusted any more. */
    void told(ClientSessions sessions) {
        told = sessions;
        entry = null;
    }

    boolean isVerifying() {
        return verifying;
    }

    void verifying(boolean now) {
        verifying = now;
    }

    /** Requests behind the one being verified, in order of arrival; the transport bounds how many there can be. */
    Queue<ClientRequest> waiting() {
        return waiting;
    }
}
