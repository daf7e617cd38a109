package org.papertrader.link.internal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.papertrader.model.SessionId;
import org.papertrader.sessions.api.PresenceListener.Presence;

/** The sessions that a worker said are in use there, for a router that comes later. Belongs to the loop. */
final class PresentSessions {
    /** Sessions kept; of further ones a new router hears at their next use. */
    static final int SESSIONS_MAX = 100_000;

    private final Set<SessionId> sessions = new LinkedHashSet<>();

    void apply(List<Presence> changes) {
        for (Presence change : changes) {
            if (!change.connected()) {
                sessions.remove(change.session());
            } else if (sessions.size() < SESSIONS_MAX) {
                sessions.add(change.session());
            }
        }
    }

    List<Presence> all() {
        return sessions.stream().map(session -> new Presence(session, true)).toList();
    }
}
