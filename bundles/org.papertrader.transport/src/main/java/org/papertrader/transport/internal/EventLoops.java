package org.papertrader.transport.internal;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that serve sockets: loops for accepted connections, and one of its own for the link to the master (WRK-1).
 * Epoll where it works, otherwise NIO. The arithmetic of handshakes has threads of its own, so that those who are
 * connected do not wait for those who connect.
 */
@Component(service = EventLoops.class, configurationPid = EventLoops.PID)
@Designate(ocd = EventLoops.Config.class)
public final class EventLoops {
    static final String PID = "org.papertrader.transport.loops";

    private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);
    private static final int THREADS_MAX = 64;
    private static final long SHUTDOWN_SECONDS = 2;

    private final Kind kind;
    private final EventLoopGroup accepted;
    private final EventLoopGroup link;
    private final ScheduledThreadPoolExecutor handshakes;

    /** Configuration, PID {@value EventLoops#PID}. */
    @ObjectClassDefinition(id = EventLoops.PID, name = "PaperTrader Event loops")
    public @interface Config {
        /** How many loops. */
        @AttributeDefinition(
                name = "Threads",
                min = "0",
                max = "64",
                description =
                        "Threads that serve the connections of clients; 0: one fewer than processors, at least one."
                                + " A change closes all connections")
        int threads() default 0;
    }

    /** Starts no thread yet; loops start with their first channel. */
    @Activate
    public EventLoops(Config config) {
        this(preferred(), threads(config.threads(), Runtime.getRuntime().availableProcessors()));
    }

    EventLoops(Kind kind, int loops) {
        this.kind = kind;
        accepted = new MultiThreadIoEventLoopGroup(loops, new DefaultThreadFactory("transport"), kind.factory());
        link = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("transport-link"), kind.factory());
        handshakes = new ScheduledThreadPoolExecutor(
                Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory("transport-tls", true));
        handshakes.setRemoveOnCancelPolicy(true);
        LOG.info("{} with {} event loops", kind.name(), loops);
    }

    /**
     * A loop that always finds something to do needs no waking. One more thread than processors for loops and whoever
     * feeds them costs both more in switches between them than it serves, so one processor is left to the others.
     */
    static int threads(int configured, int processors) {
        return configured > 0 ? Math.min(configured, THREADS_MAX) : Math.max(1, processors - 1);
    }

    /** What the operating system offers. */
    record Kind(
            String name,
            IoHandlerFactory factory,
            Class<? extends ServerChannel> serverChannel,
            Class<? extends SocketChannel> channel) {}

    static Kind nio() {
        return new Kind("nio", NioIoHandler.newFactory(), NioServerSocketChannel.class, NioSocketChannel.class);
    }

    static Kind preferred() {
        try {
            return EpollHolder.isAvailable() ? EpollHolder.kind() : nio();
        } catch (LinkageError e) {
            LOG.debug("epoll is not installed", e);
            return nio();
        }
    }

    Kind kind() {
        return kind;
    }

    EventLoopGroup accepted() {
        return accepted;
    }

    EventLoopGroup link() {
        return link;
    }

    /** Threads for handshakes, and for reading certificates. */
    ScheduledExecutorService handshakes() {
        return handshakes;
    }

    /** The same, for whoever counts. */
    ThreadPoolExecutor pool() {
        return handshakes;
    }

    @Deactivate
    void stop() {
        handshakes.shutdownNow();
        List.of(accepted, link).stream()
                .map(group -> group.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS))
                .toList()
                .forEach(future -> future.awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS));
    }

    /** Keeps epoll's classes away from a platform that has none. */
    private static final class EpollHolder {
        static boolean isAvailable() {
            return Epoll.isAvailable();
        }

        static Kind kind() {
            return new Kind(
                    "epoll", EpollIoHandler.newFactory(), EpollServerSocketChannel.class, EpollSocketChannel.class);
        }
    }
}
