package org.papertrader.link.api;

import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** The links that stand, at the master. Thread-safe, never blocks. */
@ProviderType
public interface WorkerLinks {
    /** Tells all connected workers. */
    void push(LinkPush push);

    /** Tells one worker, if it is connected. */
    void push(UUID worker, LinkPush push);

    /** The workers whose links stand. */
    List<UUID> connected();

    /** Closes a worker's link; the text goes to the log. */
    void close(UUID worker, String text);
}
