package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code health} of the packaged programs: its exit code follows what becomes of them. */
@Tag("CARD-9")
@Tag("VAR-2")
class HealthCommandTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Map<String, String> environment = Map.of();

    private record Told(int exitCode, String text) {}

    @Test
    void theExitCodeFollowsTheProgram() throws Exception {
        assertThat(ask("master")).satisfies(told -> {
            assertThat(told.exitCode()).isEqualTo(3);
            assertThat(told.text()).contains("not running");
        });
        String noDisk = "org.papertrader.health.disk:warnBytes=0";
        String noPercent = "org.papertrader.health.disk:warnPercent=0";
        try (Installation both = Installation.start(folder, 500, noDisk, noPercent)) {
            becomes("master", 0, "OK (master): ");
            becomes("worker", 0, "OK", "--ready");
            becomes("worker", 0, "OK", "--live");
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(ask("master", "--json").text())
                            .startsWith("{\"status\":\"OK\",\"role\":\"master\""));

            both.worker().kill();
            assertThat(ask("worker").exitCode()).as("killed").isEqualTo(3);
            assertThat(folder.resolve("worker/http")).exists();
            becomes("master", 1, "0 of 1 workers are connected");
            becomes("master", 0, "OK", "--ready");
            both.startWorker();
            becomes("master", 0, "OK");

            Path conf = folder.resolve("master/conf/org.papertrader.health.disk.cfg");
            Files.writeString(conf, "criticalPercent = 100\n");
            becomes("master", 2, "make room now");
            Files.delete(conf);
            becomes("master", 0, "OK");

            both.master().kill();
            becomes("worker", 2, "does the master run", "--ready");
            becomes("worker", 0, "OK", "--live");
            both.startMaster();
            becomes("worker", 0, "OK", "--ready");
            assertThat(both.worker().stop()).isZero();
            assertThat(folder.resolve("worker/http"))
                    .as("after an ordered stop")
                    .doesNotExist();
            assertThat(ask("worker").exitCode()).isEqualTo(3);
        }
        assertThat(ask("master", "--help").text()).contains("Exit codes: 0 ok, 1 ");
        assertThat(ask("master", "--wrong").exitCode()).isEqualTo(3);
    }

    @Test
    void whatCannotAskIsUnknown() throws Exception {
        environment = Map.of("JAVA_HOME", folder.toString());
        assertThat(ask("master")).satisfies(told -> {
            assertThat(told.exitCode()).as("no Java").isEqualTo(3);
            assertThat(told.text()).contains("no Java found");
        });
        environment = Map.of("JAVA_TOOL_OPTIONS", "-XX:NoSuchOption");
        assertThat(ask("master")).satisfies(told -> {
            assertThat(told.exitCode()).as("a JVM that cannot start").isEqualTo(3);
            assertThat(told.text()).contains("NoSuchOption");
        });
    }

    private void becomes(String role, int exitCode, String text, String... options) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> assertThat(ask(role, options))
                .satisfies(told -> {
                    assertThat(told.exitCode()).as(told.text()).isEqualTo(exitCode);
                    assertThat(told.text().replaceAll("\\s+", " ")).contains(text);
                }));
    }

    private Told ask(String role, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Installation.home(role).resolve("bin/papertrader-" + role).toString(),
                "health",
                "--data",
                folder.resolve(role).toString()));
        command.addAll(List.of(options));
        Path output = Files.createTempFile(folder, "health", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("the command ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Told(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
