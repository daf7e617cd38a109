package org.papertrader.clientmanagement.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.papertrader.model.SessionId;
import org.papertrader.sessions.api.PresenceListener.Presence;

/**
 * Which client connections there are and which session each uses (WRK-3). Every change of a session between 'in use
 * here' and 'not in use here' is told to the listener, in order. Thread-safe.
 */
final class ConnectedClients {
    /** Hears of sessions that came into use or went out of it. */
    interface PresenceListener {
        void changed(List<Presence> changes);
    }

    private final int connectionsMax;
    private final PresenceListener listener;
    private final Map<Long, Client> clients = new HashMap<>();
    private final Map<SessionId, Set<Long>> bySession = new HashMap<>();

    /** A client: where it is, and the session that it used last. */
    record Client(String address, SessionId session) {}

    ConnectedClients(int connectionsMax, PresenceListener listener) {
        this.connectionsMax = connectionsMax;
        this.listener = listener;
    }

    synchronized boolean opened(long connection, String address) {
        if (clients.size() >= connectionsMax && !clients.containsKey(connection)) {
            return false;
        }
        clients.putIfAbsent(connection, new Client(address, SessionId.NONE));
        return true;
    }

    synchronized void uses(long connection, SessionId session) {
        Client client = clients.get(connection);
        if (client == null || client.session().equals(session)) {
            return;
        }
        List<Presence> changes = new ArrayList<>(2);
        add(connection, session, changes);
        leave(connection, client.session(), changes);
        clients.put(connection, new Client(client.address(), session));
        listener.changed(changes);
    }

    synchronized void closed(long connection) {
        Client client = clients.remove(connection);
        if (client != null) {
            List<Presence> changes = new ArrayList<>(1);
            leave(connection, client.session(), changes);
            listener.changed(changes);
        }
    }

    /** Tells all sessions in use anew, after the link came up. */
    synchronized void tellAll() {
        listener.changed(bySession.keySet().stream()
                .map(session -> new Presence(session, true))
                .toList());
    }

    synchronized int size() {
        return clients.size();
    }

    synchronized List<Long> using(SessionId session) {
        return List.copyOf(bySession.getOrDefault(session, Set.of()));
    }

    synchronized Map<Long, Client> snapshot() {
        return Map.copyOf(clients);
    }

    private void add(long connection, SessionId session, List<Presence> changes) {
        if (!session.isNone()
                && bySession.computeIfAbsent(session, key -> new HashSet<>()).add(connection)
                && bySession.get(session).size() == 1) {
            changes.add(new Presence(session, true));
        }
    }

    private void leave(long connection, SessionId session, List<Presence> changes) {
        Set<Long> connections = bySession.get(session);
        if (connections != null && connections.remove(connection) && connections.isEmpty()) {
            bySession.remove(session);
            changes.add(new Presence(session, false));
        }
    }
}
