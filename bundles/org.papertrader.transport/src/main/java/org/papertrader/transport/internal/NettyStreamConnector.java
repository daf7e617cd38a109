package org.papertrader.transport.internal;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.transport.api.StreamConnector;
import org.papertrader.transport.api.StreamHandler;
import org.papertrader.transport.api.StreamPeer;
import org.slf4j.LoggerFactory;

/** Connects streams, on the loop that is the link's own. */
@Component(service = StreamConnector.class)
public final class NettyStreamConnector implements StreamConnector {
    static final WriteBufferWaterMark STREAM_WATER_MARK = new WriteBufferWaterMark(256 * 1024, 1024 * 1024);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final EventLoops loops;
    private final QuietLog quietLog = new QuietLog(LoggerFactory.getLogger(NettyStreamConnector.class));

    /** Connects with the given loops. */
    @Activate
    public NettyStreamConnector(@Reference EventLoops loops) {
        this.loops = loops;
    }

    @Override
    public CompletionStage<StreamPeer> connect(InetSocketAddress address, Function<StreamPeer, StreamHandler> handler) {
        CompletableFuture<StreamPeer> result = new CompletableFuture<>();
        AtomicReference<StreamChannel> made = new AtomicReference<>();
        ChannelFuture connecting = new Bootstrap()
                .group(loops.link())
                .channel(loops.kind().channel())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_TIMEOUT.toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, STREAM_WATER_MARK)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        StreamChannel stream = new StreamChannel(channel, handler, quietLog);
                        made.set(stream);
                        channel.pipeline().addLast(stream);
                    }
                })
                .connect(address);
        connecting.addListener(future -> {
            // Not asked of the pipeline: the stream may have begun and ended before this is heard.
            StreamChannel stream = made.get();
            if (future.isSuccess() && stream != null) {
                stream.begin();
                result.complete(stream);
            } else {
                Throwable cause = future.cause();
                result.completeExceptionally(cause == null ? new ClosedChannelException() : cause);
            }
        });
        return result;
    }
}
