package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.cli.ServerProcess;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.TraderClient;
import org.papertrader.itests.processes.RecordingProxy.Recording;
import org.papertrader.model.Quantity;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;

/** What somebody can try who sits between the processes, has a worker's key, or comes from elsewhere. */
@Tag("PRO-9")
@Tag("MST-20")
class LinkAttacksTest {
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final String ADA = "adalovelace";
    private static final int ORDERS = 50;
    private static final int OPENING_BYTES = 21;
    private static final int CHALLENGE_BYTES = 35;
    /** What is more than a handshake. */
    private static final int LINK_BYTES = 5_000;

    private static final int SILENCE_MILLIS = 20_000;
    private static final byte[] REFUSED = {6, 0, 0};
    /** In bytes that mean nothing a run of so many that can be printed is met once in twenty gigabytes. */
    private static final Pattern READABLE = Pattern.compile("[ -~]{24}");
    /** Every news of the market has it; so short a text comes up once by chance now and then, but not twice. */
    private static final Pattern NEWS = Pattern.compile("USD.*USD", Pattern.DOTALL);

    @TempDir
    private static Path folder;

    private static Cluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = new Cluster(folder);
        cluster.join("honest");
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void aRecordedLinkCannotBeReadAndItsReplayGetsNothing() throws Exception {
        try (RecordingProxy tap = new RecordingProxy(cluster.masterPort())) {
            Cluster.Plan plan = cluster.plan("zurich-1").withMasterPort(tap.port());
            ServerProcess worker = cluster.join(plan);
            SessionId session = tradeADay();
            worker.stop();
            List<Recording> links = tap.recordings();
            // Before it there may be some whose handshake took too long.
            Recording link = links.get(links.size() - 1);
            byte[] fromWorker = link.fromClient().join();

            assertThat(text(fromWorker)).startsWith("PTLK\2");
            assertThat(fromWorker).hasSizeGreaterThan(LINK_BYTES);
            assertThat(link.fromServer().join()).hasSizeGreaterThan(LINK_BYTES);
            for (Recording each : links) {
                assertNothingReadable(each.fromClient().join(), plan);
                assertNothingReadable(each.fromServer().join(), plan);
            }

            await().atMost(Cluster.START_LIMIT).until(() -> !cluster.isListed("zurich-1"));
            int refusals = refusals(plan);
            assertThat(replay(fromWorker)).isEqualTo(REFUSED);
            await().atMost(Cluster.START_LIMIT).until(() -> refusals(plan) > refusals);
            assertThat(cluster.isListed("zurich-1")).isFalse();
            assertThat(orders(session)).isEqualTo(ORDERS);
        }
    }

    private static int refusals(Cluster.Plan plan) {
        return cluster.logged("master", plan.uuid() + " at 127.0.0.1 refused: ").size();
    }

    private static SessionId tradeADay() {
        try (BlockingTraderClient client = TraderClient.connect(cluster.worker("zurich-1"), cluster.options())
                .blocking()) {
            client.register(ADA, ADA + "@example.org", "a password of ada");
            client.login(ADA, "a password of ada", true);
            client.quote(AAPL);
            for (int i = 0; i < ORDERS; i++) {
                client.buy(AAPL, Quantity.parse("0.01"), null);
            }
            await().atMost(Cluster.START_LIMIT).until(() -> client.orders(true).isEmpty());
            client.portfolio(new UserName(ADA));
            client.assets("");
            return client.session();
        }
    }

    private static int orders(SessionId session) {
        try (BlockingTraderClient client = TraderClient.connect(cluster.worker("honest"), cluster.options())
                .blocking()) {
            client.resume(session);
            return client.orders(false).size();
        }
    }

    private static void assertNothingReadable(byte[] wire, Cluster.Plan plan) {
        assertThat(text(wire))
                .doesNotContain("AAPL", ADA, "example", "zurich", "local", "0.1.0", "127.0", "BEGIN")
                .doesNotContain(plan.uuid().toString())
                .doesNotContainPattern(NEWS)
                .doesNotContainPattern(READABLE);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Says what the worker said, message by message; what comes back behind the fresh challenge, until it is cut off. */
    private static byte[] replay(byte[] fromWorker) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), cluster.masterPort())) {
            socket.setSoTimeout(SILENCE_MILLIS);
            socket.getOutputStream().write(fromWorker, 0, OPENING_BYTES);
            InputStream in = socket.getInputStream();
            assertThat(in.readNBytes(CHALLENGE_BYTES)).hasSize(CHALLENGE_BYTES).startsWith(1, 0, 32);
            // The hello alone: what came behind it in the recording would have cut the connection off already.
            int hello = 3 + (fromWorker[OPENING_BYTES + 1] & 0xff) * 256 + (fromWorker[OPENING_BYTES + 2] & 0xff);
            socket.getOutputStream().write(fromWorker, OPENING_BYTES, hello);
            in.transferTo(answer);
        }
        return answer.toByteArray();
    }

    @Test
    void aWorkersKeyIsGoodForItsOwnUuidOnly() throws Exception {
        Cluster.Plan own = cluster.plan("insider");
        cluster.join(own).stop();
        Cluster.Plan victim = cluster.plan("victim");
        ServerProcess honest = cluster.join(victim);

        ServerProcess impostor = cluster.launch(own, "org.papertrader.link.worker:uuid=" + victim.uuid());
        await().atMost(Cluster.START_LIMIT)
                .until(() -> !cluster.logged("master", victim.uuid() + " at 127.0.0.1 refused: ")
                        .isEmpty());
        await().atMost(Cluster.START_LIMIT)
                .until(() -> !cluster.logged("insider", "the master refuses this worker; its log says why")
                        .isEmpty());

        assertThat(impostor.outputText()).doesNotContain("ready: ");
        assertThat(cluster.worker("victim").port()).isEqualTo(victim.port());
        assertThat(cluster.logged("victim", "link to the master lost")).isEmpty();
        impostor.close();
        honest.close();
    }

    @Test
    void anAddressThatIsNotAllowedIsClosedWithoutAWordUntilItIs() throws Exception {
        try (RecordingProxy elsewhere = new RecordingProxy(cluster.masterPort(), InetAddress.getByName("127.0.0.9"))) {
            Cluster.Plan plan = cluster.plan("traveller").withMasterPort(elsewhere.port());
            cluster.init(plan);
            cluster.register(plan);
            ServerProcess worker = cluster.launch(plan);
            await().atMost(Cluster.START_LIMIT).until(() -> !cluster.logged(
                            "master", "worker " + plan.uuid() + " at 127.0.0.9 refused: its address is not allowed")
                    .isEmpty());

            Recording first = elsewhere.recordings().get(0);
            assertThat(first.fromClient().join()).hasSize(OPENING_BYTES);
            assertThat(first.fromServer().join()).isEmpty();
            assertThat(worker.outputText()).doesNotContain("ready: ");

            cluster.register(plan.withAllowed("127.0.0.9"));
            worker.awaitReady(Cluster.START_LIMIT);
            worker.close();
        }
    }
}
