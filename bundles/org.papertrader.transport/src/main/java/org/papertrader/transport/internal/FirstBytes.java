package org.papertrader.transport.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.papertrader.transport.api.StreamAcceptor;

/** Waits for the first bytes of a connection to a shared port, and lets them decide what it is (PRO-1). */
final class FirstBytes extends ChannelInboundHandlerAdapter {
    /** Versions that a client's first byte may name; what is above begins other things, such as TLS (0x16). */
    private static final int VERSION_MAX = 0x0F;

    private final ClientPort port;
    private final Acceptors acceptors;
    private @Nullable ByteBuf bytes;
    private @Nullable Future<?> deadline;

    FirstBytes(ClientPort port, Acceptors acceptors) {
        this.port = port;
        this.acceptors = acceptors;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(() -> timeOut(ctx), Limits.FIRST_BYTES_NANOS, TimeUnit.NANOSECONDS);
    }

    private void timeOut(ChannelHandlerContext ctx) {
        port.counters.timeouts.increment();
        ctx.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        bytes = bytes == null ? in : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), bytes, in);
        decide(ctx, bytes);
    }

    private void decide(ChannelHandlerContext ctx, ByteBuf first) {
        int version = first.getUnsignedByte(first.readerIndex());
        if (version >= 1 && version <= VERSION_MAX) {
            become(ctx, new ClientChannel(port, ctx.channel()));
            return;
        }
        StreamAcceptor acceptor = acceptors.matching(first);
        if (acceptor == null) {
            port.counters.malformed.increment();
            port.quietLog.warn("neither link nor client", ctx.channel(), null);
            ctx.close();
        } else if (first.readableBytes() >= Acceptors.MAGIC_LENGTH) {
            become(ctx, acceptors.stream(acceptor, ctx.channel(), port.quietLog));
        }
    }

    private void become(ChannelHandlerContext ctx, ChannelHandler successor) {
        ByteBuf first = bytes;
        bytes = null;
        ctx.pipeline().replace(this, null, successor);
        if (first != null) {
            ctx.pipeline().fireChannelRead(first);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            port.quietLog.warn("connection failed", ctx.channel(), cause);
        }
        ctx.close();
    }
}
