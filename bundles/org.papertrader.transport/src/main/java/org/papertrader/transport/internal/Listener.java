package org.papertrader.transport.internal;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One open port with its connections. Thread-safe. */
final class Listener {
    private static final int BACKLOG = 1024;
    private static final Acceptors NO_LINKS = new Acceptors();

    private final EventLoops loops;
    private final ClientPort port;
    private final Acceptors acceptors;
    private final boolean shared;
    private @Nullable Channel server;
    /** Made and registered, but not bound: no port is open yet. */
    private @Nullable ChannelFuture prepared;

    private volatile @Nullable PortCertificate certificate;

    /** @param shared true where links come in too, so that first bytes decide */
    Listener(EventLoops loops, ClientPort port, Acceptors acceptors, boolean shared) {
        this.loops = loops;
        this.port = port;
        this.acceptors = acceptors;
        this.shared = shared;
    }

    /** Does what can be done before the port may be opened, so that opening takes no time at the end of a start. */
    synchronized void prepare() {
        if (server == null && prepared == null) {
            prepared = bootstrap().register();
        }
    }

    /**
     * Opens the port; completes with the port number that it got, or exceptionally. Closes the one open before.
     *
     * @param tls certificate of TLS for clients; null: they speak in plain
     */
    synchronized CompletableFuture<Integer> open(InetSocketAddress address, @Nullable PortCertificate tls) {
        closeServer();
        certificate = tls;
        ChannelFuture registering = prepared == null ? bootstrap().register() : prepared;
        prepared = null;
        Channel channel = registering.channel();
        server = channel;
        CompletableFuture<Integer> result = new CompletableFuture<>();
        registering.addListener(registered -> {
            if (registered.isSuccess()) {
                bind(channel, address, result);
            } else {
                result.completeExceptionally(registered.cause());
            }
        });
        return result;
    }

    private static void bind(Channel channel, InetSocketAddress address, CompletableFuture<Integer> result) {
        channel.bind(address).addListener(bound -> {
            if (bound.isSuccess()) {
                result.complete(((InetSocketAddress) channel.localAddress()).getPort());
            } else {
                channel.close();
                result.completeExceptionally(bound.cause());
            }
        });
    }

    private ServerBootstrap bootstrap() {
        Limits limits = port.limits();
        return new ServerBootstrap()
                .group(loops.accepted())
                .channel(loops.kind().serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                // Netty's default allocator wraps every buffer once more; this one costs a tenth less a request.
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(limits.writeLowBytes(), limits.writeHighBytes()))
                .childHandler(initializer(this::first));
    }

    /** What meets a new connection. */
    private ChannelHandler first(Channel channel) {
        PortCertificate tls = certificate;
        return shared || tls != null
                ? new FirstBytes(port, shared ? acceptors : NO_LINKS, tls)
                : new ClientChannel(port, channel);
    }

    private static ChannelHandler initializer(Function<Channel, ChannelHandler> first) {
        return new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(first.apply(channel));
            }
        };
    }

    /** Stops accepting, lets what is under way be answered, closes all. Blocks a little longer than that at most. */
    void close() {
        closeServer();
        dropPrepared();
        acceptors.close();
        try {
            port.stop().get(Limits.STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            port.quietLog.warn("connections cut at the end", port.connections(), null);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        port.cut();
    }

    private synchronized void closeServer() {
        if (server != null) {
            server.close().awaitUninterruptibly(Limits.STOP_LIMIT.toMillis());
            server = null;
        }
    }

    private synchronized void dropPrepared() {
        if (prepared != null) {
            prepared.channel().close();
            prepared = null;
        }
    }
}
