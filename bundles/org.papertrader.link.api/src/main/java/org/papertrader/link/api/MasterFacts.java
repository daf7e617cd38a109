package org.papertrader.link.api;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.protocol.api.Return;
import org.papertrader.protocol.api.ServerInfo;

/**
 * What a worker knows of its installation: as last pushed, otherwise asked for over the link. Stages fail with
 * {@link LinkDownException} when nothing is known and the link is down.
 */
@ProviderType
public interface MasterFacts {
    /** The master's server info with server and market time brought up to now; role and limits are the worker's own. */
    CompletionStage<ServerInfo> serverInfo();

    /** The workers that clients may connect to. */
    CompletionStage<Return.Workers> workers();
}
