package org.papertrader.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, against a server that answers as a program would. */
class HealthTest {
    @TempDir
    private Path data;

    private final List<String> asked = new ArrayList<>();
    private final CountDownLatch hang = new CountDownLatch(1);
    private HttpServer server;
    private volatile int code = 200;
    private volatile String status = "OK";

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            if (status.equals("HANGS")) {
                try {
                    hang.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            if (!status.isEmpty()) {
                exchange.getResponseHeaders().set("X-Papertrader-Health", status);
            }
            byte[] body = "all there is to say\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        hang.countDown();
        server.stop(0);
    }

    @Test
    void theExitCodeTellsTheStatus() throws Exception {
        publish();
        assertThat(ask()).isEqualTo(new Health.Outcome(0, "all there is to say\n"));
        status = "WARN";
        assertThat(ask().exitCode()).isEqualTo(1);
        code = 503;
        for (String bad : List.of("CRITICAL", "TEMPORARILY_UNAVAILABLE", "HEALTH_CHECK_ERROR")) {
            status = bad;
            assertThat(ask()).as(bad).isEqualTo(new Health.Outcome(2, "all there is to say\n"));
        }
    }

    @Test
    void optionsChooseThePage() throws Exception {
        publish();
        ask();
        ask("--live");
        ask("--ready", "--json");
        assertThat(asked).containsExactly("/health?text", "/health/live?text", "/health/ready");
    }

    @Test
    void aProgramThatDoesNotRunIsUnknownAtOnce() throws Exception {
        assertThat(ask()).satisfies(outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(3);
            assertThat(outcome.text()).startsWith("UNKNOWN: not running on the data directory ");
        });
        publish();
        runs(Integer.MAX_VALUE);
        assertThat(ask().text())
                .as("what a killed one left, whose port another program has by now")
                .contains("not running");
        server.stop(0);
        assertThat(ask().text()).as("what a killed one left").contains("not running");
    }

    @Test
    void aProgramWithoutAPortIsUnknownAfterTheTimeout() throws Exception {
        runs(ProcessHandle.current().pid());
        assertThat(ask("--timeout", "1")).satisfies(outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(3);
            assertThat(outcome.text()).contains("1 s (there is no " + data.resolve("http") + ")");
        });
    }

    @Test
    void aUserThatMayNotReadTheAddressHearsThatAtOnce() throws Exception {
        HealthOptions patient = HealthOptions.parse(List.of("--data", data.toString(), "--timeout", "3600"));
        assertThat(Health.ask(patient, file -> {
                    throw new AccessDeniedException(file.toString());
                }))
                .satisfies(outcome -> {
                    assertThat(outcome.exitCode()).isEqualTo(3);
                    assertThat(outcome.text()).contains("this user may not read " + data.resolve("http"));
                });
    }

    @Test
    void aProgramThatHangsIsUnknownAfterTheTimeout() throws Exception {
        publish();
        status = "HANGS";
        long begin = System.nanoTime();
        assertThat(ask("--timeout=1").exitCode()).isEqualTo(3);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void whateverElseAnswersThereIsUnknown() throws Exception {
        publish();
        status = "";
        assertThat(ask()).satisfies(outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(3);
            assertThat(outcome.text()).contains("no report of health", "all there is to say");
        });
        Files.writeString(data.resolve("http"), "no address\n");
        assertThat(ask().exitCode()).isEqualTo(3);
    }

    @Test
    void wrongArgumentsAreNamed() {
        for (List<String> wrong : List.of(
                List.of("--alive"), List.of("--data"), List.of("--timeout", "0"), List.of("--timeout", "soon"))) {
            assertThatThrownBy(() -> HealthOptions.parse(wrong))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining(wrong.get(0));
        }
    }

    private void publish() throws IOException {
        Files.writeString(
                data.resolve("http"), "http://127.0.0.1:" + server.getAddress().getPort() + "\n");
        runs(ProcessHandle.current().pid());
    }

    private void runs(long process) throws IOException {
        Files.writeString(data.resolve("lock"), Long.toString(process));
    }

    private Health.Outcome ask(String... options) throws LaunchException {
        List<String> all = new ArrayList<>(List.of("--data", data.toString()));
        all.addAll(List.of(options));
        return Health.ask(HealthOptions.parse(all));
    }
}
