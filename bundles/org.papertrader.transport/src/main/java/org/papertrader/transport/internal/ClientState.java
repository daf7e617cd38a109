package org.papertrader.transport.internal;

import io.netty.channel.EventLoop;
import org.papertrader.protocol.api.ConnectionState;
import org.papertrader.transport.api.CarriedSessions;

/** What is known of a connection whoever handles it (PRO-5). Belongs to the loop. */
final class ClientState {
    private final EventLoop loop;
    private ConnectionState state = ConnectionState.COMMAND;
    private volatile CarriedSessions carried = CarriedSessions.NONE;

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

    /** Any thread. */
    CarriedSessions carried() {
        return carried;
    }

    void carried(CarriedSessions sessions) {
        requireLoop();
        carried = sessions;
    }
}
