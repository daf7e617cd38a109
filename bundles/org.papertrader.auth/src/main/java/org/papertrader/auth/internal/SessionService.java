package org.papertrader.auth.internal;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.papertrader.auth.internal.AuthSettings.SessionLimits;
import org.papertrader.gate.BusyException;
import org.papertrader.gate.Failures;
import org.papertrader.model.Caller;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.SessionId;
import org.papertrader.sessions.api.PresenceListener;
import org.papertrader.sessions.api.SessionCheck;
import org.papertrader.sessions.api.Sessions;
import org.papertrader.storage.api.SessionHash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions out of the registry: at once from memory, else from storage. */
final class SessionService implements Sessions, PresenceListener {
    /** Ids that are not in memory and are looked up at once; what invented ids can take from logins. */
    static final int LOOKUPS_MAX = 256;

    private static final Logger LOG = LoggerFactory.getLogger(SessionService.class);

    private final SessionRegistry registry;
    private final Stores stores;
    private final Supplier<SessionLimits> limits;
    private final Semaphore lookups = new Semaphore(LOOKUPS_MAX);

    SessionService(SessionRegistry registry, Stores stores, Supplier<SessionLimits> limits) {
        this.registry = registry;
        this.stores = stores;
        this.limits = limits;
    }

    @Override
    public CompletionStage<SessionCheck> check(Caller caller) {
        SessionId id = caller.session();
        if (id.isNone()) {
            return CompletableFuture.completedFuture(inactive(ReasonCode.NO_SESSION));
        }
        LiveSession session = registry.find(SessionHash.of(id));
        if (session != null) {
            return CompletableFuture.completedFuture(answer(session));
        }
        if (!lookups.tryAcquire()) {
            return CompletableFuture.failedFuture(new BusyException("session look-up"));
        }
        return stores.run(() -> lookUp(id)).whenComplete((check, failure) -> lookups.release());
    }

    private SessionCheck answer(LiveSession session) {
        return registry.use(session)
                ? new SessionCheck.Active(session.toSession(limits.get()))
                : inactive(registry.whyInactive(session.id()));
    }

    private SessionCheck lookUp(SessionId id) {
        LiveSession session = registry.load(id);
        return session == null ? inactive(registry.whyInactive(id)) : answer(session);
    }

    private static SessionCheck inactive(ReasonCode code) {
        return new SessionCheck.Inactive(Refusal.of(code));
    }

    @Override
    public void presence(UUID worker, List<Presence> changes) {
        List<SessionId> unknown = registry.presence(worker, changes);
        if (!unknown.isEmpty()) {
            stores.run(() -> {
                        registry.loadConnected(unknown);
                        return true;
                    })
                    .whenComplete((done, failure) -> report(failure));
        }
    }

    private static void report(@Nullable Throwable failure) {
        if (failure != null) {
            // Not lost: each is looked up when it is next used, with the presence that was noted.
            LOG.debug(
                    "connected sessions are loaded later: {}",
                    Failures.unwrap(failure).toString());
        }
    }

    @Override
    public void presenceReset(UUID worker) {
        registry.presenceReset(worker);
    }
}
