package org.papertrader.link.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.WorkerStatus;
import org.papertrader.sessions.api.PresenceListener.Presence;

/**
 * A worker's one permanent connection to the master (WRK-2). It connects and reconnects by itself. Thread-safe, never
 * blocks.
 */
@ProviderType
public interface MasterLink {
    /**
     * Sends a request and gives its reply. Fails at once with {@link LinkDownException} when there is no link, with
     * {@code BusyException} when too many are under way, and with {@link OutcomeUnknownException} when the link broke,
     * or the time ran out, after the request was sent.
     */
    CompletionStage<LinkReply> send(LinkRequest request);

    /** Tells the master of connections of sessions, in order; after a reconnect the caller tells all anew. */
    void presence(List<Presence> changes);

    /** Answers {@link LinkPush.StatusAsked}; dropped when there is no link. */
    void tell(Instant asked, WorkerStatus status);

    /** True while the link stands and the master has admitted this worker. */
    boolean isUp();

    /** This worker's identity. */
    UUID worker();

    /** The next sequence for an order's caller; never given twice, not over a restart either. */
    long nextSequence();
}
