package org.papertrader.gateway.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.link.api.LinkPush.AccountNotice;
import org.papertrader.sessions.api.ClientSessions;
import org.papertrader.transport.api.ClientConnection;

/**
 * Passes notices on to the clients that subscribed, in order. Who they are client management knows: while it is being
 * swapped notices wait, within a bound, and one that newly came hears of all connections before it is asked. Thread-safe.
 */
final class Notices {
    /** Notices that wait for client management; one more drops the oldest. */
    static final int WAITING_MAX = 10_000;

    private final Gate<ClientSessions> sessions;
    private final Connections connections;
    private final Deque<AccountNotice> waiting = new ArrayDeque<>();
    private final LongAdder dropped = new LongAdder();
    private @Nullable ClientSessions told;

    Notices(Gate<ClientSessions> sessions, Connections connections) {
        this.sessions = sessions;
        this.connections = connections;
    }

    synchronized void tell(AccountNotice notice) {
        waiting.add(notice);
        if (waiting.size() > WAITING_MAX) {
            waiting.remove();
            dropped.increment();
        }
        passOn();
    }

    /** Notices that were dropped. */
    long dropped() {
        return dropped.sum();
    }

    /** Client management may be there again: passes on what waits. */
    synchronized void passOn() {
        Lease<ClientSessions> lease = waiting.isEmpty() ? null : sessions.tryLease();
        if (lease == null) {
            return;
        }
        try (lease) {
            ClientSessions present = lease.service();
            if (present != told) {
                connections.forEach(connection -> tellOf(connection, present));
                told = present;
            }
            for (AccountNotice next = waiting.poll(); next != null; next = waiting.poll()) {
                connections.notice(present.connectionsOf(next.account()), next.notice());
            }
        }
    }

    private void tellOf(ClientConnection connection, ClientSessions present) {
        Carriage.tell(connection, present);
        if (!connections.isOpen(connection)) {
            // It closed meanwhile, on its own thread: what that told may have come before this.
            present.closed(connection.id());
        }
    }
}
