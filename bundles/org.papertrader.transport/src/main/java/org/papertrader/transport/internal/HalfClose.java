package org.papertrader.transport.internal;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** Ends what a connection sends, and goes on reading it. */
final class HalfClose {
    private HalfClose() {}

    /**
     * After what was written: the end of TLS, where there is TLS, and that of the TCP stream. Closing at once, with bytes
     * of the client unread, would make its kernel drop the last answer.
     *
     * @param isAllRead the client sends nothing more
     */
    static void output(Channel channel, boolean isAllRead) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        ChannelFuture said = tls == null ? channel.writeAndFlush(Unpooled.EMPTY_BUFFER) : tls.closeOutbound();
        said.addListener(done -> {
            if (done.isSuccess() && !isAllRead && channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            } else {
                channel.close();
            }
        });
    }
}
