package org.papertrader.clientmanagement.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.papertrader.model.AccountId;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.sessions.api.PresenceListener.Presence;

/**
 * Which client connections there are and which sessions each carries (WRK-3). Every change of a session between 'in use
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
    private final Map<SessionId, Use> uses = new HashMap<>();
    private final Map<AccountId, Set<SessionId>> byAccount = new HashMap<>();

    /** A client: where it is, and the sessions that its connection carries. */
    record Client(String address, Map<SessionId, Session> sessions) {
        private Client without(Collection<SessionId> ended) {
            Map<SessionId, Session> rest = new HashMap<>(sessions);
            rest.keySet().removeAll(ended);
            return new Client(address, Map.copyOf(rest));
        }
    }

    /** A session in use, and the connections that carry it. */
    private record Use(AccountId account, Set<Long> connections) {}

    ConnectedClients(int connectionsMax, PresenceListener listener) {
        this.connectionsMax = connectionsMax;
        this.listener = listener;
    }

    synchronized boolean opened(long connection, String address) {
        if (clients.size() >= connectionsMax && !clients.containsKey(connection)) {
            return false;
        }
        clients.putIfAbsent(connection, new Client(address, Map.of()));
        return true;
    }

    synchronized void carries(long connection, Map<SessionId, Session> sessions) {
        Client client = clients.get(connection);
        if (client == null || client.sessions().keySet().equals(sessions.keySet())) {
            return;
        }
        List<Presence> changes = new ArrayList<>(2);
        sessions.forEach((id, session) -> add(connection, id, session.account(), changes));
        client.sessions().keySet().stream()
                .filter(id -> !sessions.containsKey(id))
                .forEach(id -> leave(connection, id, changes));
        clients.put(connection, new Client(client.address(), Map.copyOf(sessions)));
        listener.changed(changes);
    }

    synchronized void closed(long connection) {
        Client client = clients.remove(connection);
        if (client != null) {
            List<Presence> changes = new ArrayList<>(1);
            client.sessions().keySet().forEach(id -> leave(connection, id, changes));
            listener.changed(changes);
        }
    }

    /** These sessions ended: nobody carries them any more. */
    synchronized void ended(Collection<SessionId> ids) {
        List<Presence> changes = new ArrayList<>(1);
        for (SessionId id : ids) {
            for (Long connection : using(id)) {
                clients.computeIfPresent(connection, (key, client) -> client.without(List.of(id)));
                leave(connection, id, changes);
            }
        }
        listener.changed(changes);
    }

    /** Tells all sessions in use anew, after the link came up. */
    synchronized void tellAll() {
        listener.changed(
                uses.keySet().stream().map(id -> new Presence(id, true)).toList());
    }

    synchronized int size() {
        return clients.size();
    }

    synchronized Set<SessionId> carried(long connection) {
        Client client = clients.get(connection);
        return client == null ? Set.of() : Set.copyOf(client.sessions().keySet());
    }

    synchronized Set<Long> using(SessionId id) {
        Use use = uses.get(id);
        return use == null ? Set.of() : Set.copyOf(use.connections());
    }

    synchronized Map<Long, Set<SessionId>> connectionsOf(AccountId account) {
        Map<Long, Set<SessionId>> found = new HashMap<>();
        for (SessionId id : byAccount.getOrDefault(account, Set.of())) {
            using(id).forEach(connection -> found.computeIfAbsent(connection, key -> new HashSet<>())
                    .add(id));
        }
        return found;
    }

    synchronized Map<Long, Client> snapshot() {
        return Map.copyOf(clients);
    }

    private void add(long connection, SessionId id, AccountId account, List<Presence> changes) {
        Use use = uses.computeIfAbsent(id, key -> new Use(account, new HashSet<>()));
        if (use.connections().add(connection) && use.connections().size() == 1) {
            byAccount.computeIfAbsent(account, key -> new HashSet<>()).add(id);
            changes.add(new Presence(id, true));
        }
    }

    private void leave(long connection, SessionId id, List<Presence> changes) {
        Use use = uses.get(id);
        if (use != null
                && use.connections().remove(connection)
                && use.connections().isEmpty()) {
            uses.remove(id);
            byAccount.computeIfPresent(use.account(), (key, ids) -> {
                ids.remove(id);
                return ids.isEmpty() ? null : ids;
            });
            changes.add(new Presence(id, false));
        }
    }
}
