package org.papertrader.auth.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.papertrader.model.SessionId;
import org.papertrader.sessions.api.PresenceListener.Presence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** At which workers each session has connections, as they tell (PRO-15). Not thread-safe: its owner locks. */
final class Attendance {
    /** Sessions with connections that are counted; further ones live by their grace time after each use. */
    static final int SESSIONS_MAX = 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Attendance.class);

    private final Map<SessionId, Set<UUID>> workersOf = new HashMap<>();
    private final Map<UUID, Set<SessionId>> sessionsOf = new HashMap<>();

    boolean isPresent(SessionId id) {
        return workersOf.containsKey(id);
    }

    int workers(SessionId id) {
        return workersOf.getOrDefault(id, Set.of()).size();
    }

    /** Applies one change. */
    void apply(UUID worker, Presence change) {
        if (change.connected()) {
            arrived(worker, change.session());
        } else {
            left(worker, change.session());
        }
    }

    /** Forgets all that a worker said; gives the sessions that are at no worker now. */
    List<SessionId> forget(UUID worker) {
        List<SessionId> absent = new ArrayList<>();
        for (SessionId id : sessionsOf.getOrDefault(worker, Set.of()).toArray(SessionId[]::new)) {
            left(worker, id);
            if (!isPresent(id)) {
                absent.add(id);
            }
        }
        return absent;
    }

    /** The session ended. */
    void ended(SessionId id) {
        for (UUID worker : workersOf.getOrDefault(id, Set.of()).toArray(UUID[]::new)) {
            left(worker, id);
        }
    }

    private void arrived(UUID worker, SessionId id) {
        if (workersOf.size() >= SESSIONS_MAX && !workersOf.containsKey(id)) {
            LOG.warn("more than {} sessions are connected; worker {}'s news are not counted", SESSIONS_MAX, worker);
            return;
        }
        workersOf.computeIfAbsent(id, key -> new HashSet<>(2)).add(worker);
        sessionsOf.computeIfAbsent(worker, key -> new HashSet<>()).add(id);
    }

    private void left(UUID worker, SessionId id) {
        workersOf.computeIfPresent(id, (key, workers) -> {
            workers.remove(worker);
            return workers.isEmpty() ? null : workers;
        });
        sessionsOf.computeIfPresent(worker, (key, sessions) -> {
            sessions.remove(id);
            return sessions.isEmpty() ? null : sessions;
        });
    }
}
