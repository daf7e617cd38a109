package org.papertrader.clientmanagement.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.BusyException;
import org.papertrader.model.Caller;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.sessions.api.SessionCheck;

/**
 * Sessions that the master has verified (WRK-4). A verification is trusted for {@code trust}, longer only while the
 * master cannot be asked, never beyond the session's own expiry. Thread-safe.
 */
final class SessionRegister {
    private final int sessionsMax;
    private final Duration trust;
    private final Clock clock;
    private final Function<Caller, CompletionStage<SessionCheck>> master;
    private final Map<SessionId, VerifiedSession> verified = new ConcurrentHashMap<>();
    private final Map<SessionId, CompletableFuture<SessionCheck>> asking = new ConcurrentHashMap<>();

    /** @param master asks the master whether the caller's session is active */
    SessionRegister(
            int sessionsMax, Duration trust, Clock clock, Function<Caller, CompletionStage<SessionCheck>> master) {
        this.sessionsMax = sessionsMax;
        this.trust = trust;
        this.clock = clock;
        this.master = master;
    }

    @Nullable
    VerifiedSession find(SessionId id) {
        VerifiedSession session = verified.get(id);
        return session != null && session.isActive(clock.millis()) ? session : null;
    }

    VerifiedSession remember(SessionId id, Session session) {
        long now = clock.millis();
        long until = Math.min(now + trust.toMillis(), session.expires().toEpochMilli());
        VerifiedSession entry = new VerifiedSession(id, session, until);
        if (verified.size() >= sessionsMax) {
            verified.values().removeIf(old -> !old.isActive(now));
        }
        if (verified.size() < sessionsMax) {
            VerifiedSession old = verified.put(id, entry);
            if (old != null) {
                old.end();
            }
        }
        return entry;
    }

    /** The session's check; of many at once for one session, one asks the master. */
    CompletionStage<SessionCheck> verify(Caller caller) {
        SessionId id = caller.session();
        VerifiedSession known = find(id);
        if (known != null) {
            return CompletableFuture.completedFuture(new SessionCheck.Active(known.session()));
        }
        if (asking.size() >= sessionsMax) {
            return CompletableFuture.failedFuture(new BusyException("session verification"));
        }
        CompletableFuture<SessionCheck> mine = new CompletableFuture<>();
        CompletableFuture<SessionCheck> running = asking.putIfAbsent(id, mine);
        if (running != null) {
            return running;
        }
        master.apply(caller).whenComplete((check, failure) -> {
            if (check instanceof SessionCheck.Active active) {
                remember(id, active.session());
            }
            asking.remove(id);
            if (failure == null) {
                mine.complete(check);
            } else {
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }

    void forget(List<SessionId> ids) {
        for (SessionId id : ids) {
            VerifiedSession session = verified.remove(id);
            if (session != null) {
                session.end();
            }
        }
    }

    /** How many are held, a few that are trusted no more included. */
    int size() {
        return verified.size();
    }

    /** Frees what is no longer trusted. */
    void sweep() {
        long now = clock.millis();
        verified.values().removeIf(session -> !session.isActive(now));
    }
}
