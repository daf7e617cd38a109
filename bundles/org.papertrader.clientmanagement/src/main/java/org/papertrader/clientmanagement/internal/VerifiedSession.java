package org.papertrader.clientmanagement.internal;

import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.sessions.api.ClientSessions;

/** A session that the master has verified, and until when this worker trusts that. */
final class VerifiedSession implements ClientSessions.Entry {
    private final SessionId id;
    private final Session session;
    private volatile long trustedUntilMillis;

    VerifiedSession(SessionId id, Session session, long trustedUntilMillis) {
        this.id = id;
        this.session = session;
        this.trustedUntilMillis = trustedUntilMillis;
    }

    void end() {
        trustedUntilMillis = Long.MIN_VALUE;
    }

    @Override
    public SessionId id() {
        return id;
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public boolean isActive(long nowMillis) {
        return nowMillis < trustedUntilMillis;
    }
}
