package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;
import org.papertrader.cli.ServerProcess;
import org.papertrader.itests.bundles.Jars;
import org.papertrader.itests.bundles.TestBundle;

/** CARD-7, CARD-9: bundles changed over SSH in a program without a shell of its own, as a service is. */
@Tag("CARD-7")
@Tag("CARD-9")
class DaemonShellTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String FORECAST = "org.papertrader.forecast.drift";

    @TempDir
    private static Path folder;

    private static ServerProcess program;
    private static Operator operator;

    @BeforeAll
    static void start() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        int port = Ports.free();
        program = ServerProcess.start(
                "standalone",
                Installation.home("standalone"),
                data,
                Ports.standalone("org.papertrader.shell.ssh:port=" + port));
        program.awaitReady(LIMIT);
        operator = new Operator(data, port);
    }

    @AfterAll
    static void stop() throws Exception {
        if (operator != null) {
            operator.close();
        }
        if (program != null) {
            program.close();
        }
    }

    @Test
    void bundlesAreNamedToFelixOwnCommands() throws Exception {
        assertThat(done("headers " + FORECAST)).contains("Bundle-SymbolicName = " + FORECAST);
        assertThat(done("headers " + number(FORECAST))).contains("Bundle-SymbolicName = " + FORECAST);
        assertThat(done("inspect capability service " + FORECAST)).contains("org.papertrader.forecast.api");
        assertThat(done("bundlelevel " + FORECAST)).contains(FORECAST);
        assertThat(done("which " + FORECAST + " java.lang.String")).isNotBlank();
        done("resolve " + FORECAST);
        done("refresh " + FORECAST);
    }

    @Test
    void bundlesAreUpdatedByNameAndByNumber() throws Exception {
        byte[] shipped = Files.readAllBytes(shipped());
        done("update " + FORECAST + " " + written("next.jar", Jars.restamp(shipped, new Version("9.0.0"))));
        assertThat(listed(FORECAST)).contains("Active").endsWith("9.0.0");
        done("update " + number(FORECAST) + " " + written("later.jar", Jars.restamp(shipped, new Version("9.1.0"))));
        assertThat(listed(FORECAST)).contains("Active").endsWith("9.1.0");
        done("update " + FORECAST);
        assertThat(listed(FORECAST)).contains("Active").doesNotContain("9.");
    }

    @Test
    void anUpdateThatCannotRunSaysWhatIsMissingAndTheNextOneMendsIt() throws Exception {
        String good = written("good.jar", TestBundle.of("it.placed", "1.0.0").bytes());
        String bad = written(
                "bad.jar",
                TestBundle.of("it.placed", "1.0.1")
                        .header("Import-Package", "javax.nowhere")
                        .bytes());
        done("start " + good);
        failed("update it.placed " + bad, "it.placed is updated and does not start", "javax.nowhere");
        done("update it.placed " + good);
        assertThat(listed("it.placed")).contains("Active").endsWith("1.0.0");

        failed("update it.placed file:/no/such.jar", "file:/no/such.jar cannot be read");
        failed("update it.placed no-place", "name it by its URL");
        failed("update it.placed nowhere:x", "nowhere");
        failed("update it.placed " + written("no.jar", new byte[] {1, 2, 3}), "has no bundle, not it.placed");
        failed(
                "update it.placed "
                        + written(
                                "other.jar", TestBundle.of("it.other", "1.0.0").bytes()),
                "has bundle it.other, not it.placed");
        assertThat(listed("it.placed")).contains("Active").endsWith("1.0.0");

        assertThat(operator.run("stop it.placed").code()).isEqualTo(2);
        done("stop it.placed --yes");
        assertThat(listed("it.placed")).contains("Resolved");
        done("start it.placed");
        assertThat(operator.run("uninstall it.placed").code()).isEqualTo(2);
        failed("uninstall it.placed no.such --yes", "there is no bundle no.such; lb lists them");
        assertThat(listed("it.placed")).contains("Active");
        done("uninstall it.placed --yes");
        assertThat(done("lb -s")).doesNotContain("it.placed");
    }

    private static Path shipped() throws IOException {
        try (var files = Files.walk(Installation.home("standalone").resolve("repository"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(FORECAST)
                            && file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String written(String name, byte[] jar) throws IOException {
        return Files.write(folder.resolve(name), jar).toUri().toString();
    }

    private static String listed(String bundle) throws IOException {
        return done("lb -s " + bundle).lines().reduce((before, line) -> line).orElseThrow();
    }

    private static String number(String bundle) throws IOException {
        return listed(bundle).strip().split("\\|", 2)[0].strip();
    }

    private static String done(String line) throws IOException {
        Operator.Answer answer = operator.run(line);
        assertThat(answer.code()).as(line + ": " + answer.err()).isZero();
        return answer.out().stripTrailing();
    }

    private static void failed(String line, String... said) throws IOException {
        Operator.Answer answer = operator.run(line);
        assertThat(answer.code()).as(line).isEqualTo(1);
        assertThat(answer.err().strip().lines()).as(line).hasSize(1);
        assertThat(answer.err()).contains(said);
    }
}
