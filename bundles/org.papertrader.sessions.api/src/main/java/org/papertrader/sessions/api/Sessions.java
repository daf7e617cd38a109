package org.papertrader.sessions.api;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.Caller;

/**
 * Sessions (MST-9, PRO-2, PRO-15). The master's provider ({@code side=master}) decides; a worker's
 * ({@code side=worker}) asks it over the link. Stages complete at once where the session is known in memory, else on
 * any thread; exceptionally only with {@code UnavailableException}, {@code BusyException} or a fault.
 */
@ProviderType
public interface Sessions {
    /** Whether the caller's session is active, and whose it is. Being asked keeps a session from becoming idle. */
    CompletionStage<SessionCheck> check(Caller caller);
}
