package org.papertrader.transport.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Answers the clients of one side; the service property {@code side} tells which ({@code worker}: port 2049,
 * {@code master}: port 2048). The transport calls it on the connection's event loop; nothing here may block. It may be
 * swapped while connections stay open: the transport waits until every request that it took is answered, keeps what
 * clients send meanwhile, and hands the connections to the successor with {@link #opened}.
 */
@ProviderType
public interface ClientHandler {
    /** A client connected, or its connection comes over from a predecessor. Not called twice by one provider. */
    void opened(ClientConnection connection);

    /**
     * One whole frame. It must be answered exactly once, now or later and on any thread, through the connection; what
     * belongs to the request is valid only during this call. Throwing is answered as an internal fault.
     */
    void request(ClientConnection connection, IncomingRequest request);

    /** The connection ended; what is still under way for it may be dropped. */
    void closed(ClientConnection connection);
}
