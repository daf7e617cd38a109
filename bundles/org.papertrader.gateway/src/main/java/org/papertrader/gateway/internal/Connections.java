package org.papertrader.gateway.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.Return;
import org.papertrader.transport.api.ClientConnection;

/**
 * The connections of this worker's clients. A gateway that has just taken over may hear of an order before it is handed
 * the connection of its owner: such notices wait for it. Thread-safe.
 */
final class Connections {
    private static final int EARLY_MAX = 1_000;

    private final Map<Long, ClientConnection> open = new ConcurrentHashMap<>();
    private final Deque<Early> early = new ArrayDeque<>();

    private record Early(long connection, Set<SessionId> sessions, Return notice) {}

    synchronized void opened(ClientConnection connection) {
        open.put(connection.id(), connection);
        for (Iterator<Early> each = early.iterator(); each.hasNext(); ) {
            Early one = each.next();
            if (one.connection == connection.id()) {
                each.remove();
                notice(connection, one.sessions, one.notice);
            }
        }
    }

    void closed(ClientConnection connection) {
        open.remove(connection.id());
    }

    boolean isOpen(ClientConnection connection) {
        return open.containsKey(connection.id());
    }

    void forEach(Consumer<ClientConnection> action) {
        open.values().forEach(action);
    }

    /**
     * Sends a notice to those connections on which one of the sessions is subscribed.
     *
     * @param carriers connections, and which of the notice's sessions each carries
     */
    synchronized void notice(Map<Long, Set<SessionId>> carriers, Return notice) {
        carriers.forEach((id, sessions) -> {
            ClientConnection connection = open.get(id);
            if (connection != null) {
                notice(connection, sessions, notice);
            } else {
                early.add(new Early(id, sessions, notice));
            }
        });
        while (early.size() > EARLY_MAX) {
            early.remove();
        }
    }

    private static void notice(ClientConnection connection, Set<SessionId> sessions, Return notice) {
        if (sessions.stream().anyMatch(connection.carried()::isSubscribed)) {
            connection.notice(notice);
        }
    }
}
