package org.papertrader.transport.internal;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Addresses of channels. */
final class Addresses {
    private Addresses() {}

    /** Where the other end is; loopback for channels without a socket. */
    static InetAddress remote(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress socket && socket.getAddress() != null
                ? socket.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}
