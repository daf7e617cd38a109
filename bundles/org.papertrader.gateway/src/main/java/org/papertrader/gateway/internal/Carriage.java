package org.papertrader.gateway.internal;

import java.util.List;
import java.util.Set;
import org.papertrader.gate.Lease;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.sessions.api.ClientSessions;
import org.papertrader.transport.api.CarriedSessions;
import org.papertrader.transport.api.ClientConnection;

/**
 * Which sessions a connection carries, kept the same with the connection, its desk and client management. Belongs to the
 * connection's event loop.
 */
final class Carriage {
    private final Backend backend;

    /** Whether a session may be used on a connection. */
    enum Place {
        /** It is carried. */
        TAKEN,
        /** Nobody here knows the session: the master must be asked. */
        UNKNOWN,
        /** The connection carries as many subscribed sessions as it may. */
        FULL
    }

    Carriage(Backend backend) {
        this.backend = backend;
    }

    /** Tells client management of a connection; false when there are as many as there may be. */
    boolean tell(ClientConnection connection, Desk desk) {
        Lease<ClientSessions> lease = backend.sessions.tryLease();
        if (lease == null) {
            return true;
        }
        try (lease) {
            return tell(connection, desk, lease.service());
        }
    }

    private static boolean tell(ClientConnection connection, Desk desk, ClientSessions sessions) {
        boolean admitted = tell(connection, sessions);
        desk.told(sessions);
        return admitted;
    }

    /** Tells this client management of a connection; false when it has as many as it may. Any thread. */
    static boolean tell(ClientConnection connection, ClientSessions sessions) {
        boolean admitted =
                sessions.opened(connection.id(), connection.remoteAddress().getHostAddress());
        if (admitted) {
            sessions.carries(connection.id(), connection.carried().sessions());
        }
        return admitted;
    }

    /** Uses a session that was verified before. */
    Place take(ClientConnection connection, Desk desk, SessionId id) {
        Lease<ClientSessions> lease = backend.sessions.tryLease();
        if (lease == null) {
            return Place.UNKNOWN;
        }
        try (lease) {
            ClientSessions.Entry entry = lease.service().find(id);
            return entry == null ? Place.UNKNOWN : carry(connection, desk, lease.service(), entry);
        }
    }

    /** A login gave this session. */
    void remember(ClientConnection connection, Desk desk, SessionId id, Session session) {
        Lease<ClientSessions> lease = backend.sessions.tryLease();
        if (lease != null) {
            try (lease) {
                ClientSessions.Entry entry = lease.service().remember(id, session);
                if (!desk.logouts().isLeaving(id)) {
                    carry(connection, desk, lease.service(), entry);
                }
            }
        }
    }

    /** The session ended by logout. Any thread. */
    void forget(ClientConnection connection, SessionId id) {
        Lease<ClientSessions> lease = backend.sessions.tryLease();
        if (lease != null) {
            try (lease) {
                lease.service().forget(List.of(id));
            }
        }
        drop(connection, Set.of(id));
    }

    /** The connection carries none of these sessions any more. Any thread. */
    static void drop(ClientConnection connection, Set<SessionId> ended) {
        connection.execute(() -> connection.carried().sessions().keySet().stream()
                .filter(ended::contains)
                .forEach(id -> connection.carried(connection.carried().without(id))));
    }

    private static Place carry(
            ClientConnection connection, Desk desk, ClientSessions sessions, ClientSessions.Entry entry) {
        if (!desk.isTold(sessions)) {
            tell(connection, desk, sessions);
        }
        CarriedSessions before = connection.carried();
        if (!before.contains(entry.id())) {
            before = before.only(sessions.carried(connection.id()));
        }
        CarriedSessions after = before.using(entry.id(), entry.session());
        if (!after.contains(entry.id())) {
            return Place.FULL;
        }
        connection.carried(after);
        sessions.carries(connection.id(), after.sessions());
        desk.authorized(entry);
        return Place.TAKEN;
    }

    /** The session of this frame's header is subscribed; it is carried. */
    static void subscribe(ClientConnection connection, SessionId id) {
        connection.carried(connection.carried().subscribedTo(id));
    }
}
