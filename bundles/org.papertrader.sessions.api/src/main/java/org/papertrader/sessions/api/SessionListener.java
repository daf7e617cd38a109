package org.papertrader.sessions.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.SessionId;

/** Hears at the master of sessions that ended, to push it to the workers. Returns at once. */
@ProviderType
public interface SessionListener {
    /** These sessions are active no more. */
    void ended(List<SessionId> sessions);
}
