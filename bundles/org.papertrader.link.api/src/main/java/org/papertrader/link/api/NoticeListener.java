package org.papertrader.link.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Hears at a worker the notices for accounts, each once and in order, to pass them on to those clients that subscribed.
 * While one version of it replaces another only the newer hears, and what comes while there is none waits for the next,
 * within a bound. Called on the link's event loop, or while it is bound: returns at once.
 */
@ProviderType
public interface NoticeListener {
    /** Orders of these accounts have ended. */
    void noticed(List<LinkPush.AccountNotice> notices);
}
