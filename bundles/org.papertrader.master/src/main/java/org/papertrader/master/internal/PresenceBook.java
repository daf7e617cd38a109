package org.papertrader.master.internal;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.model.SessionId;
import org.papertrader.sessions.api.PresenceListener;
import org.papertrader.sessions.api.PresenceListener.Presence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the workers said of connections (PRO-15), passed on in order and kept, so that a sessions module that takes over
 * hears it again and ends nobody's session only because it is new. Thread-safe, never blocks.
 */
final class PresenceBook {
    /** Sessions kept of one worker; of further ones a new module hears at their next use. */
    static final int SESSIONS_MAX = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(PresenceBook.class);

    private final Gate<PresenceListener> listeners;
    private final Map<UUID, Set<SessionId>> connected = new HashMap<>();

    PresenceBook(Gate<PresenceListener> listeners) {
        this.listeners = listeners;
    }

    /** A worker's link stands: it tells all anew. */
    synchronized void welcome(UUID worker) {
        connected.put(worker, new LinkedHashSet<>());
        tellReset(worker);
    }

    /** A worker's link stands already: this router took over from another. */
    synchronized void know(UUID worker) {
        connected.computeIfAbsent(worker, key -> new LinkedHashSet<>());
    }

    /** A worker's link is gone. */
    synchronized void left(UUID worker) {
        if (connected.remove(worker) != null) {
            tellReset(worker);
        }
    }

    synchronized void changed(UUID worker, List<Presence> changes) {
        Set<SessionId> ids = connected.computeIfAbsent(worker, key -> new LinkedHashSet<>());
        for (Presence change : changes) {
            if (!change.connected()) {
                ids.remove(change.session());
            } else if (ids.size() < SESSIONS_MAX) {
                ids.add(change.session());
            }
        }
        tell(one -> one.presence(worker, changes));
    }

    /** The workers that are welcome now. */
    synchronized Set<UUID> workers() {
        return Set.copyOf(connected.keySet());
    }

    /** A sessions module appeared: tells it everything. */
    synchronized void repeat(PresenceListener newcomer) {
        connected.forEach((worker, ids) -> {
            newcomer.presenceReset(worker);
            if (!ids.isEmpty()) {
                newcomer.presence(
                        worker, ids.stream().map(id -> new Presence(id, true)).toList());
            }
        });
    }

    private void tellReset(UUID worker) {
        tell(one -> one.presenceReset(worker));
    }

    /** All modules hear it, so that none is behind when another leaves. */
    private void tell(Consumer<PresenceListener> news) {
        for (Lease<PresenceListener> lease : listeners.leaseAll()) {
            try (lease) {
                news.accept(lease.service());
            } catch (RuntimeException e) {
                // A fault of one module must reach neither the link nor the other modules.
                LOG.error("a sessions module failed to hear of presence", e);
            }
        }
    }
}
