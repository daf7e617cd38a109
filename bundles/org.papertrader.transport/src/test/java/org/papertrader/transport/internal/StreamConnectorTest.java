package org.papertrader.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.transport.api.StreamHandler;
import org.slf4j.LoggerFactory;

/** An attempt to connect ends once: by a failure, or by the end of its stream. */
@Tag("WRK-2")
class StreamConnectorTest {
    private static final int ATTEMPTS = 3_000;
    private static final int CALLERS = 8;

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    private StreamHandler handler() {
        made.incrementAndGet();
        return new StreamHandler() {
            @Override
            public void received(ByteBuffer bytes) {
                // Nothing is sent.
            }

            @Override
            public void writable() {
                // Nothing is sent.
            }

            @Override
            public void closed() {
                ended.incrementAndGet();
            }
        };
    }

    @Test
    void aStreamThatHasEndedDoesNotBeginAgain() {
        EmbeddedChannel channel = new EmbeddedChannel();
        StreamChannel stream = new StreamChannel(
                channel, peer -> handler(), new QuietLog(LoggerFactory.getLogger(StreamConnectorTest.class)));
        channel.pipeline().addLast(stream);
        channel.close();
        stream.begin();

        assertThat(made).hasValue(1);
        assertThat(ended).hasValue(1);
    }

    @Test
    void anAttemptEndsOnceWhereTheOtherEndHangsUpAtOnce() throws Exception {
        AtomicInteger failed = new AtomicInteger();
        EventLoops loops = new EventLoops(EventLoops.nio(), 1);
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (ServerSocket door = new ServerSocket(0, ATTEMPTS, InetAddress.getLoopbackAddress())) {
            Thread porter = new Thread(() -> hangUp(door));
            porter.start();
            NettyStreamConnector connector = new NettyStreamConnector(loops);
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), door.getLocalPort());
            for (int i = 0; i < ATTEMPTS; i++) {
                callers.execute(
                        () -> connector.connect(address, peer -> handler()).whenComplete((peer, failure) -> {
                            if (failure != null) {
                                failed.incrementAndGet();
                            }
                        }));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> ended.get() + failed.get() >= ATTEMPTS);
            callers.shutdown();
            await().during(Duration.ofMillis(300)).until(() -> ended.get() + failed.get() == ATTEMPTS);
            assertThat(made).hasValue(ended.get());
        } finally {
            callers.shutdownNow();
            loops.stop();
        }
    }

    private static void hangUp(ServerSocket door) {
        try {
            while (true) {
                door.accept().close();
            }
        } catch (IOException e) {
            // The test is over.
            return;
        }
    }
}
