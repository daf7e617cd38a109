package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;
import org.papertrader.protocol.ProtocolV1;
import org.papertrader.protocol.api.Request;

/** A hostile connection gets a clear error or is closed; nobody else notices. */
@Tag("PRO-3")
class HostileClientTest {
    private static final int PIPELINED = 1_000;

    @TempDir
    private static Path folder;

    private static Installation installation;
    private static BlockingTraderClient honest;

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.start(folder, 2_000);
        honest = installation.trader("honest");
    }

    @AfterAll
    static void stop() throws Exception {
        honest.close();
        installation.close();
    }

    @Test
    void garbageEndsOnlyItsOwnConnection() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int port : new int[] {installation.workerPort, installation.masterPort}) {
            for (int i = 0; i < 50; i++) {
                try (Socket socket = new Socket("127.0.0.1", port)) {
                    byte[] garbage = new byte[1 + random.nextInt(4_000)];
                    random.nextBytes(garbage);
                    socket.getOutputStream().write(garbage);
                    socket.shutdownOutput();
                    socket.setSoTimeout(20_000);
                    drain(socket.getInputStream());
                } catch (SocketException e) {
                    // The server may close while we still write: that is an answer too.
                    continue;
                }
            }
        }
        assertThat(honest.quote(new Symbol("AAPL"))).as("seed " + seed).isNotNull();
    }

    @Test
    void aFrameSplitAtEveryByteIsUnderstood() throws Exception {
        ByteBuf frame = Unpooled.buffer();
        ProtocolV1.frames().encodeRequest(1, SessionId.NONE, new Request.Ping(), frame);
        byte[] bytes = new byte[frame.readableBytes()];
        frame.readBytes(bytes);
        try (Socket plain = new Socket("127.0.0.1", installation.workerPort);
                Socket socket = trusting().createSocket(plain, "127.0.0.1", plain.getPort(), true)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            for (byte each : bytes) {
                out.write(each);
                out.flush();
            }
            socket.setSoTimeout(20_000);
            byte[] header = socket.getInputStream().readNBytes(8);
            assertThat(header[0]).isEqualTo((byte) 1);
            assertThat(((header[2] & 0xff) << 8) | (header[3] & 0xff)).isEqualTo(218);
        }
    }

    @Test
    void aThousandPipelinedRequestsAreAllAnswered() {
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (int i = 0; i < PIPELINED; i++) {
            answers.add(honest.async().quote(new Symbol("AAPL")));
        }
        answers.forEach(CompletableFuture::join);
    }

    /** This client looks at no certificate: it is the hostile one. */
    private static SSLSocketFactory trusting() throws GeneralSecurityException {
        X509TrustManager nobody = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String kind) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String kind) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {nobody}, null);
        return context.getSocketFactory();
    }

    private static void drain(InputStream in) throws IOException {
        byte[] buffer = new byte[4_096];
        while (in.read(buffer) >= 0) {
            continue;
        }
    }
}
