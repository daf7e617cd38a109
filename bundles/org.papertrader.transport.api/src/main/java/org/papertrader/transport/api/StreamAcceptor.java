package org.papertrader.transport.api;

import org.osgi.annotation.versioning.ProviderType;

/** Takes over connections to port 2048 that begin with its magic: the master's end of links. */
@ProviderType
public interface StreamAcceptor {
    /** The first bytes that tell a link from a client; 4 bytes, the first neither 0x01 nor 0x16. */
    byte[] magic();

    /**
     * A connection that began with the magic; its bytes follow, the magic included. Called on the connection's event
     * loop.
     */
    StreamHandler accept(StreamPeer peer);
}
