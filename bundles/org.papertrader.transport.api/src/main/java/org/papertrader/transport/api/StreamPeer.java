package org.papertrader.transport.api;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/** The other end of a stream. Any thread. */
@ProviderType
public interface StreamPeer {
    /** Its address. */
    InetAddress remoteAddress();

    /** Sends bytes in order; they belong to the transport from now on. Several sends of one loop turn leave together. */
    void send(ByteBuffer bytes);

    /** False while more than the high-water mark waits to be sent. */
    boolean isWritable();

    /** Runs a task on the stream's event loop. */
    void execute(Runnable task);

    /** Closes it. */
    void close();
}
