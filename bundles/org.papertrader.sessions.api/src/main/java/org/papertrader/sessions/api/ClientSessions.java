package org.papertrader.sessions.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.AccountId;
import org.papertrader.model.Caller;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;

/**
 * Client management at a worker (WRK-3, WRK-4): the connected clients and the sessions that the master has verified.
 * Thread-safe.
 */
@ProviderType
public interface ClientSessions {
    /**
     * The entry of a session that is verified and neither expired nor ended, or null. For the path of a cached read: a
     * hash look-up, no lock. An entry may be kept with a connection and asked again by {@link Entry#isActive}.
     */
    @Nullable
    Entry find(SessionId id);

    /** The session's entry, asking the master where it is not known or its verification is old. */
    CompletionStage<SessionCheck> verify(Caller caller);

    /** A login gave this session: remember it as verified now. */
    Entry remember(SessionId id, Session session);

    /** These sessions ended at the master, or by logout: no connection carries them any more. */
    void forget(List<SessionId> ids);

    /** A client connected; at most as many as configured, then false. */
    boolean opened(long connectionId, String address);

    /** The connection carries these sessions, and no others. */
    void carries(long connectionId, Map<SessionId, Session> sessions);

    /** Those of the sessions that the connection carries that have not ended. */
    Set<SessionId> carried(long connectionId);

    /** A client disconnected. */
    void closed(long connectionId);

    /** How many clients are connected. */
    int connections();

    /** How many verified sessions are in memory. */
    int sessions();

    /** Connections that carry sessions of the account, with these sessions; for notices. */
    Map<Long, Set<SessionId>> connectionsOf(AccountId account);

    /** A verified session at this worker. */
    interface Entry {
        /** Its id. */
        SessionId id();

        /** What is known of it. */
        Session session();

        /**
         * False once it ended, expired, or its verification became too old. One volatile read.
         *
         * @param nowMillis wall time, epoch milliseconds; the caller's, as one reading of the clock does for many
         */
        boolean isActive(long nowMillis);
    }
}
