package org.papertrader.transport.api;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.ConnectionState;
import org.papertrader.protocol.api.Return;

/**
 * A client's connection. The transport owns it with all that must outlive a swap of its handler. Answers may be given
 * from any thread; those given during {@link ClientHandler#request} leave in one write with the others of that read.
 * The remaining methods belong to the connection's event loop, where not said otherwise.
 */
@ProviderType
public interface ClientConnection {
    /** A number that is unique in this process. Any thread. */
    long id();

    /** Where the client connected from. Any thread. */
    InetAddress remoteAddress();

    /** The state of the connection (PRO-5). */
    ConnectionState state();

    /** Changes the state. */
    void state(ConnectionState state);

    /** The sessions that it carries. Any thread. */
    CarriedSessions carried();

    /** Notes the sessions that it carries from now on. */
    void carried(CarriedSessions sessions);

    /** What the present handler keeps with the connection; null at first and after a swap of the handler. */
    @Nullable
    Object attachment();

    /** Keeps an object of the present handler's with the connection; dropped at a swap. */
    void attach(@Nullable Object attachment);

    /** Answers a request with a return. Any thread. */
    void answer(long requestId, Return answer);

    /** Answers a request with a transfer of these bytes, which are never changed, in packets (PRO-11). Any thread. */
    void answer(long requestId, byte[] payload);

    /** Sends a notice; dropped when the client reads too slowly. Any thread. */
    void notice(Return notice);

    /** Runs a task on the connection's event loop; dropped once the connection has ended. Any thread. */
    void execute(Runnable task);

    /** Sends a closing notice after what is already on its way, then closes. Any thread. */
    void close(Refusal reason);
}
