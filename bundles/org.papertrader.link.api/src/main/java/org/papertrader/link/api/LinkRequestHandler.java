package org.papertrader.link.api;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.sessions.api.PresenceListener.Presence;

/** Answers the workers at the master (MST-2): the router. Never blocks; may be swapped. */
@ProviderType
public interface LinkRequestHandler {
    /** Answers a request of an admitted worker. Every refusal is a reply; it fails only for faults. */
    CompletionStage<LinkReply> handle(LinkRequest request);

    /** A worker tells of connections of sessions. */
    void presence(UUID worker, List<Presence> changes);

    /** A worker was admitted: what it must hear first. */
    List<LinkPush> welcome(UUID worker);
}
