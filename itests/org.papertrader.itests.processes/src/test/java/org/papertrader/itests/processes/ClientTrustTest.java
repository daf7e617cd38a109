package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.cli.Main;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.ClientOptions;
import org.papertrader.client.ServerTrust;
import org.papertrader.model.WorkerServer;

/** Whom the command-line client trusts, and how a certificate is replaced while clients are served. */
@Tag("PRO-1")
@Tag("PRO-10")
class ClientTrustTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int NO_CONNECTION = 3;

    @TempDir
    private static Path servers;

    private static Installation installation;

    @TempDir
    private Path state;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.start(servers, 2_000);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static String master() {
        return "localhost:" + installation.masterPort;
    }

    private static String fingerprint() {
        return installation.master().certificate(installation.masterPort);
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(
                List.of("--session-file", state.resolve("session").toString()));
        all.addAll(Arrays.asList(args));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }

    @Test
    void withoutATerminalAnUnknownMasterIsRefusedWithTheOptionThatWouldTrustIt() {
        assertThat(run("--master", master(), "ping")).isEqualTo(NO_CONNECTION);
        assertThat(err.toString())
                .contains("no authority vouches for " + master())
                .contains("--pin " + fingerprint());
    }

    @Test
    void aPinnedMasterIsTrustedAndTheSessionKeepsWhatWasTrusted() throws Exception {
        Path password = Files.writeString(state.resolve("password"), "a password of pin");
        assertThat(run("--master", master(), "--pin", "ab".repeat(32), "ping")).isEqualTo(NO_CONNECTION);
        assertThat(err.toString()).contains("another certificate");

        String[] trusted = {"--master", master(), "--pin", fingerprint()};
        assertThat(run(with(trusted, "register", "pin", "pin@example.org", "--password-file", password.toString())))
                .as(err.toString())
                .isZero();
        assertThat(run(with(trusted, "login", "pin", "--password-file", password.toString())))
                .as(err.toString())
                .isZero();
        assertThat(run("portfolio")).as(err.toString()).isZero();
    }

    private static String[] with(String[] first, String... then) {
        List<String> all = new ArrayList<>(Arrays.asList(first));
        all.addAll(Arrays.asList(then));
        return all.toArray(String[]::new);
    }

    @Test
    void whatWasTrustedOnFirstUseIsKnownAndAnotherCertificateIsRefused() throws Exception {
        assertThat(run("--master", master(), "--trust-on-first-use", "ping")).isZero();
        assertThat(err.toString()).contains(fingerprint());
        assertThat(run("--master", master(), "ping")).isZero();
        Path known = state.resolve("known-servers");
        Files.writeString(known, Files.readString(known).replace(fingerprint(), "cd".repeat(32)));

        assertThat(run("--master", master(), "--trust-on-first-use", "ping")).isEqualTo(NO_CONNECTION);
        assertThat(err.toString()).contains("delete the line that begins with '" + master() + "' from " + known);
    }

    @Test
    void plaintextWarnsAndIsRefusedWhereThereIsTls() {
        String port = Integer.toString(installation.workerPort);
        assertThat(run("--port", port, "--plaintext", "ping")).isEqualTo(NO_CONNECTION);
        assertThat(err.toString()).contains("warning: --plaintext").contains("speaks TLS 1.3 only");
    }

    @Test
    @Tag("MST-22")
    void aReplacedCertificateIsInTheListWithinSecondsAndConnectionsStay() throws Exception {
        ClientOptions trusting =
                Installation.patient(ClientOptions.defaults()).withTrust(ServerTrust.pinned(fingerprint()));
        WorkerServer before = workers(trusting).get(0);
        try (BlockingTraderClient old = BlockingTraderClient.connect(before, trusting)) {
            old.ping();
            Path file = servers.resolve("worker/tls/worker.pem");
            Path fresh = file.resolveSibling("worker.pem.new");
            Files.copy(servers.resolve("master/tls/master.pem"), fresh, StandardCopyOption.COPY_ATTRIBUTES);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);

            await().atMost(LIMIT).until(() -> workers(trusting).stream()
                    .anyMatch(worker -> worker.certificateFingerprint().equals(fingerprint())));
            old.ping();
        }
        try (BlockingTraderClient client =
                BlockingTraderClient.connect(workers(trusting).get(0), trusting)) {
            assertThat(client.async().certificate()).hasValueSatisfying(shown -> assertThat(shown.hex())
                    .isEqualTo(fingerprint())
                    .isNotEqualTo(before.certificateFingerprint()));
            client.ping();
        }
    }

    private static List<WorkerServer> workers(ClientOptions options) {
        try (BlockingTraderClient client =
                BlockingTraderClient.connect("localhost", installation.masterPort, options)) {
            return client.workers();
        }
    }
}
