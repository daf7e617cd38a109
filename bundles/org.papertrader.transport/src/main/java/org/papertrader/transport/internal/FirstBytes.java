package org.papertrader.transport.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.Return;
import org.papertrader.transport.api.StreamAcceptor;

/**
 * Waits for the first bytes of a connection, and lets them decide what it is (PRO-1): a link, or a client, after its TLS
 * handshake where the port has TLS.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {
    /** The first byte of a TLS ClientHello. */
    private static final int TLS_HANDSHAKE = 0x16;

    /** Versions that a client's first byte may name; what is above begins other things, such as TLS. */
    private static final int VERSION_MAX = 0x0F;

    private static final Return SPEAK_TLS =
            new Return.Failure(Refusal.of(ReasonCode.NOT_ALLOWED, "This port speaks TLS 1.3 only."));

    private final ClientPort port;
    private final Acceptors acceptors;
    private final @Nullable PortCertificate certificate;
    private @Nullable ByteBuf bytes;
    private @Nullable Future<?> deadline;
    private InetAddress address = InetAddress.getLoopbackAddress();
    private boolean counted;
    private boolean decided;

    /** @param certificate of TLS for clients; null: they speak in plain */
    FirstBytes(ClientPort port, Acceptors acceptors, @Nullable PortCertificate certificate) {
        this.port = port;
        this.acceptors = acceptors;
        this.certificate = certificate;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        address = Addresses.remote(ctx.channel());
        counted = port.arrives(address);
        if (counted) {
            deadline = ctx.executor().schedule(() -> timeOut(ctx), Limits.FIRST_BYTES_NANOS, TimeUnit.NANOSECONDS);
        } else {
            ctx.close();
        }
    }

    private void timeOut(ChannelHandlerContext ctx) {
        port.counters.timeouts.increment();
        ctx.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (decided || !counted) {
            ReferenceCountUtil.release(message);
            return;
        }
        ByteBuf in = (ByteBuf) message;
        bytes = bytes == null ? in : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), bytes, in);
        decide(ctx, bytes);
    }

    private void decide(ChannelHandlerContext ctx, ByteBuf first) {
        int head = first.getUnsignedByte(first.readerIndex());
        if (head == TLS_HANDSHAKE && certificate != null) {
            shakeHands(ctx, certificate);
        } else if (head >= 1 && head <= VERSION_MAX) {
            client(ctx);
        } else {
            link(ctx, first);
        }
    }

    /** TLS takes over the bytes; this handler stays behind it until the hands are shaken. */
    private void shakeHands(ChannelHandlerContext ctx, PortCertificate from) {
        SslHandler tls = from.newHandler(ctx.channel(), port.limits().arrivals().handshake());
        if (tls == null) {
            ctx.close();
            return;
        }
        settle();
        ByteBuf first = bytes;
        bytes = null;
        ctx.pipeline().addBefore(ctx.name(), null, tls);
        if (first != null) {
            ctx.pipeline().fireChannelRead(first);
        }
    }

    private void client(ChannelHandlerContext ctx) {
        if (certificate == null) {
            become(ctx, new ClientChannel(port, ctx.channel()));
        } else {
            settle();
            port.counters.refused.increment();
            Answers.turnAway(port.codecs, ctx.channel(), SPEAK_TLS);
        }
    }

    private void link(ChannelHandlerContext ctx, ByteBuf first) {
        StreamAcceptor acceptor = acceptors.matching(first);
        if (acceptor == null) {
            settle();
            port.counters.malformed.increment();
            port.quietLog.warn("neither link nor client", ctx.channel(), null);
            ctx.close();
        } else if (first.readableBytes() >= Acceptors.MAGIC_LENGTH) {
            become(ctx, acceptors.stream(acceptor, ctx.channel(), port.quietLog));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                port.counters.handshakes.increment();
                become(ctx, new ClientChannel(port, ctx.channel()));
            } else {
                port.counters.handshakesFailed.increment();
                failed(ctx, handshake.cause());
            }
        }
    }

    private void failed(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof ClosedChannelException)) {
            port.quietLog.info("TLS handshake failed: " + cause.getMessage(), ctx.channel());
        }
        ctx.close();
    }

    private void become(ChannelHandlerContext ctx, ChannelHandler successor) {
        settle();
        ByteBuf first = bytes;
        bytes = null;
        ctx.pipeline().replace(this, null, successor);
        if (first != null) {
            ctx.pipeline().fireChannelRead(first);
        }
    }

    /** What it is, is known. */
    private void settle() {
        decided = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        settle();
        if (counted) {
            port.arrived(address);
        }
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // What TLS does not understand is told by the end of the handshake.
        if (!(cause instanceof IOException) && !(cause instanceof DecoderException)) {
            port.quietLog.warn("connection failed", ctx.channel(), cause);
        }
        ctx.close();
    }
}
