package org.papertrader.transport.api;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/** Opens connections to a master: the worker's end of links. */
@ProviderType
public interface StreamConnector {
    /**
     * Connects, within 10 seconds.
     *
     * @param handler makes the handler once the connection stands; called on its event loop
     * @return completes with the peer, or exceptionally when the connection could not be made
     */
    CompletionStage<StreamPeer> connect(InetSocketAddress address, Function<StreamPeer, StreamHandler> handler);
}
