package org.papertrader.sessions.api;

import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.SessionId;

/**
 * The master's sessions module, as it hears of client connections from the workers (PRO-15). Calls come in order and
 * never block; from any thread.
 */
@ProviderType
public interface PresenceListener {
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
