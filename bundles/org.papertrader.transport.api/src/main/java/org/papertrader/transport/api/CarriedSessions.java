package org.papertrader.transport.api;

import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.ProtocolLimits;

/**
 * The sessions that a connection carries: those that were used on it, at most
 * {@link ProtocolLimits#CARRIED_SESSIONS_MAX}. The one not used for longest gives way; one that is subscribed stays.
 *
 * @param sessions the one used last at the end
 * @param subscribed those of them whose user's notices go to this connection
 */
public record CarriedSessions(Map<SessionId, Session> sessions, Set<SessionId> subscribed) {
    /** None. */
    public static final CarriedSessions NONE = new CarriedSessions(Map.of(), Set.of());

    /** Copies. */
    public CarriedSessions {
        sessions = Collections.unmodifiableMap(new LinkedHashMap<>(sessions));
        subscribed = Set.copyOf(subscribed);
    }

    /** True when the session is carried. */
    public boolean contains(SessionId id) {
        return sessions.containsKey(id);
    }

    /** True when the session is carried and subscribed. */
    public boolean isSubscribed(SessionId id) {
        return subscribed.contains(id);
    }

    /** With this session used last; without it when all others are subscribed and no more are allowed. */
    public CarriedSessions using(SessionId id, Session session) {
        LinkedHashMap<SessionId, Session> next = new LinkedHashMap<>(sessions);
        next.remove(id);
        Iterator<SessionId> oldest = next.keySet().iterator();
        while (next.size() >= ProtocolLimits.CARRIED_SESSIONS_MAX && oldest.hasNext()) {
            if (!subscribed.contains(oldest.next())) {
                oldest.remove();
            }
        }
        if (next.size() >= ProtocolLimits.CARRIED_SESSIONS_MAX) {
            return this;
        }
        next.put(id, session);
        return new CarriedSessions(next, subscribed);
    }

    /** With this session, which is carried, subscribed. */
    public CarriedSessions subscribedTo(SessionId id) {
        Set<SessionId> next = new HashSet<>(subscribed);
        next.add(id);
        return new CarriedSessions(sessions, next);
    }

    /** Only those of these. */
    public CarriedSessions only(Set<SessionId> ids) {
        LinkedHashMap<SessionId, Session> next = new LinkedHashMap<>(sessions);
        next.keySet().retainAll(ids);
        Set<SessionId> still = new HashSet<>(subscribed);
        still.retainAll(ids);
        return new CarriedSessions(next, still);
    }

    /** Without this one. */
    public CarriedSessions without(SessionId id) {
        Set<SessionId> others = new HashSet<>(sessions.keySet());
        others.remove(id);
        return only(others);
    }

    /** Never the ids. */
    @Override
    public String toString() {
        return sessions.size() + " sessions, " + subscribed.size() + " subscribed";
    }
}
