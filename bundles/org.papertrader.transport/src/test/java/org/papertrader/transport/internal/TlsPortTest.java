package org.papertrader.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.Return;
import org.papertrader.transport.api.StreamAcceptor;
import org.papertrader.transport.api.StreamHandler;
import org.papertrader.transport.api.StreamPeer;
import org.papertrader.transport.internal.Frames.Got;

/** Clients over TLS, and what is none. */
@Tag("PRO-1")
class TlsPortTest {
    private static final byte[] HALF_A_HELLO = HexFormat.of().parseHex("16030100c8010000c40303" + "5a".repeat(20));
    private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(4);

    @TempDir
    private Path folder;

    private Rig rig;

    @BeforeEach
    void open() {
        Limits limits = Rig.standard(Limits.standard().sweepNanos(), new Limits.Arrivals(600, 500, HANDSHAKE_LIMIT));
        CertificateSource own = new CertificateSource.Own(folder.resolve("worker.pem"), "worker", List.of("localhost"));
        rig = new Rig(limits, false, EventLoops.preferred(), own);
    }

    @AfterEach
    void theServerStillServesAndCountsNobody() {
        try (RawClient client = rig.tlsClient()) {
            assertThat(client.send(Frames.ping(1)).next(1)).hasSize(1);
        }
        await().untilAsserted(() -> assertThat(rig.port.connections()).isZero());
        await().untilAsserted(() -> assertThat(rig.port.arriving()).isZero());
        rig.close();
    }

    /** Counts the TLS records that come in. */
    private static final class Records extends FilterInputStream {
        private final byte[] header = new byte[5];
        private int headerBytes;
        private int rest;
        private int count;

        Records(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int got = super.read(bytes, offset, length);
            for (int i = 0; i < got; i++) {
                next(bytes[offset + i]);
            }
            return got;
        }

        private void next(byte each) {
            if (rest > 0) {
                rest--;
                return;
            }
            header[headerBytes++] = each;
            if (headerBytes == header.length) {
                headerBytes = 0;
                count++;
                rest = (header[3] & 0xff) << 8 | header[4] & 0xff;
            }
        }
    }

    /** A socket whose incoming TLS records are counted. */
    private final class CountedSocket extends Socket {
        private Records records;

        CountedSocket() throws IOException {
            connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), rig.number));
        }

        @Override
        public InputStream getInputStream() throws IOException {
            if (records == null) {
                records = new Records(super.getInputStream());
            }
            return records;
        }
    }

    @Test
    void allAnswersOfOneReadLeaveInOneRecord() throws IOException {
        CountedSocket counted = new CountedSocket();
        try (RawClient client = new RawClient(TlsSockets.over(counted, "TLSv1.3"))) {
            client.send(Frames.ping(1)).next(1);
            List<byte[]> pings = new ArrayList<>();
            for (int id = 2; id <= 101; id++) {
                pings.add(Frames.ping(id));
            }
            int before = counted.records.count;
            client.send(Frames.concat(pings)).next(100);

            assertThat(counted.records.count - before).isEqualTo(1);
        }
    }

    @Test
    void aFrameInManyRecordsAndALargePayloadAreUnderstood() {
        rig.handler.payload = new byte[1024 * 1024];
        try (RawClient client = rig.tlsClient()) {
            for (byte each : Frames.ping(1)) {
                client.send(new byte[] {each});
            }
            assertThat(client.next(1)).hasSize(1);
            long bytes = 0;
            client.send(Frames.info(2));
            while (bytes < rig.handler.payload.length) {
                bytes += client.next(1).get(0).data().length;
            }
            assertThat(bytes).isEqualTo(rig.handler.payload.length);
        }
    }

    @Test
    void aServerThatStopsSaysSoAndEndsTlsInOrder() throws IOException {
        CountedSocket counted = new CountedSocket();
        try (RawClient client = new RawClient(TlsSockets.over(counted, "TLSv1.3"))) {
            client.send(Frames.ping(1)).next(1);
            int before = counted.records.count;
            rig.port.forEach(connection -> connection.end(new Return.Closing(Refusal.of(ReasonCode.SHUTTING_DOWN))));
            List<Got> got = client.untilClosed();

            assertThat(got).hasSize(1);
            assertThat(((Return.Closing) got.get(0).value()).refusal().code()).isEqualTo(ReasonCode.SHUTTING_DOWN);
            assertThat(counted.records.count - before)
                    .as("the notice, and the end of TLS")
                    .isEqualTo(2);
        }
    }

    @Test
    void n10APlainClientIsToldThatThePortSpeaksTls() {
        try (RawClient client = rig.client()) {
            List<Got> got = client.send(Frames.ping(1)).untilClosed();

            assertThat(got).hasSize(1);
            assertThat(((Return.Fail) got.get(0).value()).refusal().code()).isEqualTo(ReasonCode.NOT_ALLOWED);
        }
        assertThat(rig.handler.handled).hasValue(0);
    }

    @Test
    void aLinkIsNotForThePortOfClients() {
        rig.acceptors.bind(new StreamAcceptor() {
            @Override
            public byte[] magic() {
                return "PTLK".getBytes(StandardCharsets.US_ASCII);
            }

            @Override
            public StreamHandler accept(StreamPeer peer) {
                throw new AssertionError("a link on the port of clients");
            }
        });
        try (RawClient client = rig.client()) {
            assertThat(client.send("PTLK".getBytes(StandardCharsets.US_ASCII)).untilClosed())
                    .isEmpty();
        }
        assertThat(rig.acceptors.streams()).isZero();
        assertThat(rig.port.counters.malformed.sum()).isEqualTo(1);
    }

    @Test
    void tls12IsRefused() throws IOException {
        try (SSLSocket socket = TlsSockets.connect(rig.number, "TLSv1.2")) {
            assertThatThrownBy(socket::startHandshake)
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("protocol_version");
        }
        await().untilAsserted(() ->
                assertThat(rig.port.counters.handshakesFailed.sum()).isEqualTo(1));
    }

    @Test
    void garbageInsteadOfAHandshakeIsClosed() throws IOException {
        byte[] garbage = "0123456789abcdef".repeat(300).getBytes(StandardCharsets.US_ASCII);
        for (byte[] begin : List.of(new byte[] {0x16}, new byte[] {0x16, 3, 1, 0, 5}, HALF_A_HELLO)) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.number)) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(begin);
                socket.getOutputStream().write(garbage);
                drain(socket);
            }
        }
        await().untilAsserted(() ->
                assertThat(rig.port.counters.handshakesFailed.sum()).isEqualTo(3));
    }

    @Test
    void garbageAfterTheHandshakeIsClosed() throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), rig.number);
        try (RawClient client = new RawClient(TlsSockets.over(plain, "TLSv1.3"))) {
            client.send(Frames.ping(1)).next(1);
            OutputStream raw = plain.getOutputStream();
            raw.write(new byte[] {0x17, 3, 3, 0, 40});
            raw.write(new byte[40]);
            drain(plain);
        }
    }

    @Test
    void n9AThousandHalfOpenHandshakesDisturbNobodyAndAreCut() throws Exception {
        List<Socket> halves = new ArrayList<>();
        try (RawClient established = rig.tlsClient()) {
            established.send(Frames.ping(1)).next(1);
            // A slow machine needs more: those that came first may be cut before the last have come.
            while (halves.size() < 1_000 || (rig.port.counters.refused.sum() < 500 && halves.size() < 3_000)) {
                Socket half = new Socket(InetAddress.getLoopbackAddress(), rig.number);
                halves.add(half);
                half.getOutputStream().write(HALF_A_HELLO);
            }
            assertThat(rig.port.arriving()).isLessThanOrEqualTo(500);
            established.send(Frames.ping(2)).next(1);
            Socket elsewhere = new Socket();
            elsewhere.bind(new InetSocketAddress("127.0.0.2", 0));
            elsewhere.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), rig.number));
            try (RawClient other = new RawClient(TlsSockets.over(elsewhere, "TLSv1.3"))) {
                assertThat(other.send(Frames.ping(1)).next(1)).hasSize(1);
            }
            await().atMost(HANDSHAKE_LIMIT.multipliedBy(4))
                    .untilAsserted(() -> assertThat(rig.port.arriving()).isZero());
            established.send(Frames.ping(3)).next(1);
            assertThat(rig.port.counters.refused.sum()).isGreaterThanOrEqualTo(500);
        } finally {
            for (Socket half : halves) {
                half.close();
            }
        }
    }

    /** Reads until the server closes; that it may do by a reset, when we still write. */
    private static void drain(Socket socket) throws IOException {
        byte[] buffer = new byte[4_096];
        try {
            while (socket.getInputStream().read(buffer) >= 0) {
                continue;
            }
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }
}
