package org.papertrader.transport.internal;

import io.netty.channel.EventLoop;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.ConnectionState;

/** What is known of a connection whoever handles it (PRO-5). Belongs to the loop. */
final class ClientState {
    private final EventLoop loop;
    private ConnectionState state = ConnectionState.COMMAND;
    private SessionId session = SessionId.NONE;
    private volatile boolean subscribed;

    ClientState(EventLoop loop) {
        this.loop = loop;
    }

    void requireLoop() {
        LoopOwnership.require(loop);
    }

    ConnectionState state() {
        requireLoop();
        return state;
    }

    void state(ConnectionState newState) {
        requireLoop();
        state = newState;
    }

    SessionId session() {
        requireLoop();
        return session;
    }

    void session(SessionId newSession) {
        requireLoop();
        session = newSession;
    }

    /** Any thread. */
    boolean isSubscribed() {
        return subscribed;
    }

    void subscribed(boolean newSubscribed) {
        requireLoop();
        subscribed = newSubscribed;
    }
}
