package org.papertrader.transport.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.papertrader.transport.api.StreamHandler;
import org.papertrader.transport.api.StreamPeer;

/** A stream of bytes, as a link uses it. */
final class StreamChannel extends ChannelInboundHandlerAdapter implements StreamPeer {
    private final Channel channel;
    private final QuietLog quietLog;
    private final Function<StreamPeer, StreamHandler> maker;
    private @Nullable StreamHandler handler;
    private boolean begun;
    private boolean flushScheduled;

    StreamChannel(Channel channel, Function<StreamPeer, StreamHandler> maker, QuietLog quietLog) {
        this.channel = channel;
        this.maker = maker;
        this.quietLog = quietLog;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (channel.isActive()) {
            begin();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        begin();
    }

    /** Makes the handler, once, also when the stream has ended since. */
    void begin() {
        if (!begun) {
            begun = true;
            handler = maker.apply(this);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (handler != null) {
                handler.received(in.nioBuffer());
            }
        } finally {
            in.release();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable() && handler != null) {
            handler.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        StreamHandler ended = handler;
        handler = null;
        if (ended != null) {
            ended.closed();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            quietLog.warn("stream failed", channel, cause);
        }
        channel.close();
    }

    @Override
    public InetAddress remoteAddress() {
        return Addresses.remote(channel);
    }

    @Override
    public void send(ByteBuffer bytes) {
        if (channel.eventLoop().inEventLoop()) {
            channel.write(Unpooled.wrappedBuffer(bytes), channel.voidPromise());
            scheduleFlush();
        } else {
            execute(() -> send(bytes));
        }
    }

    private void scheduleFlush() {
        if (!flushScheduled) {
            flushScheduled = true;
            execute(() -> {
                flushScheduled = false;
                channel.flush();
            });
        }
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void execute(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            quietLog.warn("stream whose loop has ended", channel, null);
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}
