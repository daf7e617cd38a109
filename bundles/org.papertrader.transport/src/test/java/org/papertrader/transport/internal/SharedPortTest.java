package org.papertrader.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.transport.api.StreamAcceptor;
import org.papertrader.transport.api.StreamHandler;
import org.papertrader.transport.api.StreamPeer;

@Tag("PRO-1")
class SharedPortTest {
    private final Rig rig = new Rig(Limits.standard(), true);
    private final Echo echo = new Echo();

    SharedPortTest() {
        rig.acceptors.bind(echo);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** Sends back what comes. */
    private static final class Echo implements StreamAcceptor {
        final Queue<String> events = new ConcurrentLinkedQueue<>();

        @Override
        public byte[] magic() {
            return "PTLK".getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public StreamHandler accept(StreamPeer peer) {
            events.add("accepted");
            return new StreamHandler() {
                @Override
                public void received(ByteBuffer bytes) {
                    byte[] copy = new byte[bytes.remaining()];
                    bytes.get(copy);
                    peer.send(ByteBuffer.wrap(copy));
                }

                @Override
                public void writable() {
                    events.add("writable");
                }

                @Override
                public void closed() {
                    events.add("closed");
                }
            };
        }
    }

    private final StringBuffer heard = new StringBuffer();
    private final Queue<String> ends = new ConcurrentLinkedQueue<>();

    private StreamPeer connect() {
        return new NettyStreamConnector(rig.loops)
                .connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), rig.number),
                        peer -> new StreamHandler() {
                            @Override
                            public void received(ByteBuffer bytes) {
                                heard.append(StandardCharsets.US_ASCII.decode(bytes));
                            }

                            @Override
                            public void writable() {}

                            @Override
                            public void closed() {
                                ends.add("closed");
                            }
                        })
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aLinkGetsItsBytesMagicIncludedEvenOneByOne() {
        StreamPeer peer = connect();
        for (String each : List.of("P", "T", "LK", " hello")) {
            peer.send(ascii(each));
        }
        await().untilAsserted(() -> assertThat(heard.toString()).isEqualTo("PTLK hello"));
        peer.close();
        await().untilAsserted(() -> assertThat(echo.events).containsExactly("accepted", "closed"));
        await().untilAsserted(() -> assertThat(ends).containsExactly("closed"));
    }

    @Test
    void aStreamEndsWithItsAcceptor() {
        connect().send(ascii("PTLK"));
        await().until(() -> heard.length() == 4);
        assertThat(rig.acceptors.streams()).isEqualTo(1);
        rig.acceptors.unbind(echo);

        await().untilAsserted(() -> assertThat(ends).containsExactly("closed"));
        connect().send(ascii("PTLK"));
        await().untilAsserted(() -> assertThat(ends).hasSize(2));
    }

    @Test
    @Tag("PRO-10")
    void aClientIsServedOnTheSamePort() {
        try (RawClient client = rig.client()) {
            assertThat(client.send(Frames.ping(1)).send(Frames.ping(2)).next(2)).hasSize(2);
        }
        await().untilAsserted(() -> assertThat(rig.port.connections()).isZero());
    }

    @Test
    @Tag("PRO-10")
    void withTlsTheFirstBytesStillTellLinkFromClient(@TempDir Path folder) {
        CertificateSource own = new CertificateSource.Own(folder.resolve("master.pem"), "master", List.of("localhost"));
        try (Rig secure = new Rig(Limits.standard(), true, EventLoops.preferred(), own)) {
            secure.acceptors.bind(echo);
            try (RawClient link = secure.client();
                    RawClient client = secure.tlsClient();
                    RawClient plain = secure.client()) {
                link.send("PTLK".getBytes(StandardCharsets.US_ASCII));
                await().until(() -> secure.acceptors.streams() == 1);
                assertThat(client.send(Frames.ping(1)).next(1)).hasSize(1);
                assertThat(plain.send(Frames.ping(1)).untilClosed())
                        .extracting(Frames.Got::instruction)
                        .containsExactly(Instruction.ERROR.number());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "PTLX", "PX", "\u0016\u0003\u0001", "\u0000"})
    void anythingElseIsClosedWithoutAWord(String bytes) {
        try (RawClient client = rig.client()) {
            assertThat(client.send(bytes.getBytes(StandardCharsets.ISO_8859_1)).untilClosed())
                    .isEmpty();
        }
        assertThat(echo.events).isEmpty();
    }

    @Test
    void whoSaysNothingIsClosed() {
        ClientPort port = new ClientPort("master", Limits.standard());
        EmbeddedChannel channel = new EmbeddedChannel(new FirstBytes(port, new Acceptors(), null));
        channel.writeInbound(Unpooled.EMPTY_BUFFER);
        channel.advanceTimeBy(Limits.FIRST_BYTES_NANOS + 1, TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();

        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void aConnectionThatCannotBeMadeFails() {
        rig.listener.close();
        assertThat(new NettyStreamConnector(rig.loops)
                        .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), rig.number), peer -> {
                            throw new AssertionError("no connection, no handler");
                        })
                        .toCompletableFuture())
                .failsWithin(10, TimeUnit.SECONDS);
    }
}
