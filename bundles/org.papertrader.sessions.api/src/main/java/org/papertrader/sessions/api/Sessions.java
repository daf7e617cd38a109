package org.papertrader.sessions.api;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.Caller;
import org.papertrader.model.SessionId;

/**
 * Sessions (MST-9, PRO-2, PRO-15). The master's provider ({@code side=master}) decides; a worker's
 * ({@code side=worker}) asks it over the link. Stages complete at once where the session is known in memory, else on
 * any thread; exceptionally only with {@code UnavailableException}, {@code BusyException} or a fault.
 */
@ProviderType
public interface Sessions {
    /** Whether the caller's session is active, and whose it is. Being asked keeps a session from becoming idle. */
    CompletionStage<SessionCheck> check(Caller caller);

    /**
     * A worker tells on which sessions it has client connections now begun or ended, in order. The master counts them,
     * to end sessions that are disposed of with their last connection.
     */
    void presence(UUID worker, List<Presence> changes);

    /** A worker's link came up or broke: forget what it said before; it tells all its sessions anew. */
    void presenceReset(UUID worker);

    /**
     * A change of a session's connections at a worker.
     *
     * @param connected true for the first connection there, false when the last one ended
     */
    record Presence(SessionId session, boolean connected) {}
}
