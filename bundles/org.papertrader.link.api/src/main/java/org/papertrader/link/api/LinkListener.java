package org.papertrader.link.api;

import org.osgi.annotation.versioning.ProviderType;

/** Hears at a worker what the master pushes. Called in order, on the link's event loop: returns at once. */
@ProviderType
public interface LinkListener {
    /** The link stands; tell presence anew. */
    void up();

    /** The link broke. */
    void down();

    /** The master tells something; notices go to the {@link NoticeListener}. */
    void pushed(LinkPush push);
}
