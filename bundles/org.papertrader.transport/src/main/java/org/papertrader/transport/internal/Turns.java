package org.papertrader.transport.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Lease;
import org.papertrader.transport.api.ClientHandler;

/** The handlers that know of one connection: one, and two while one replaces the other. Belongs to the loop. */
final class Turns {
    private final ClientChannel channel;
    private final ClientPort port;
    private final List<Turn> turns = new ArrayList<>(1);

    Turns(ClientChannel channel, ClientPort port) {
        this.channel = channel;
        this.port = port;
    }

    /** The preferred handler's turn, leased until {@link Turn#end}; null while there is no handler. */
    @Nullable
    Turn begin() {
        Lease<ClientHandler> lease = port.handlers().tryLease();
        if (lease == null) {
            return null;
        }
        ClientHandler handler = lease.service();
        Turn turn = find(handler);
        if (turn != null) {
            turn.begin(lease);
            return turn;
        }
        Turn first = new Turn(channel, handler);
        turns.add(first);
        first.begin(lease);
        try {
            handler.opened(first);
        } catch (RuntimeException | LinkageError e) {
            // A handler's fault must not cost the connection.
            port.quietLog.warn("handler failed to take over", first, e);
        }
        return first;
    }

    /** The turn of a handler that has left, forgotten now; null when it had none. */
    @Nullable
    Turn remove(ClientHandler handler) {
        Turn turn = find(handler);
        if (turn != null) {
            turns.remove(turn);
        }
        return turn;
    }

    /** The connection is gone: tells every handler that knows of it. */
    void close() {
        List<Turn> ended = List.copyOf(turns);
        turns.clear();
        for (Turn turn : ended) {
            port.withHandler(turn.handler(), handler -> {
                try {
                    handler.closed(turn);
                } catch (RuntimeException | LinkageError e) {
                    // Other handlers, and the bookkeeping that follows, must not suffer.
                    port.quietLog.warn("handler failed to end", turn, e);
                }
            });
        }
    }

    private @Nullable Turn find(ClientHandler handler) {
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            if (turn.handler() == handler) {
                return turn;
            }
        }
        return null;
    }
}
