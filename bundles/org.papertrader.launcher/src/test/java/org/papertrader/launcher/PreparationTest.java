package org.papertrader.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkUtil;

/** The whole, with a JVM that writes an archive, is in the tests of processes. */
class PreparationTest {
    @TempDir
    private Path folder;

    private Path classes;
    private Platform platform;

    @BeforeEach
    void start() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.createDirectories(home.resolve("boot"));
        Files.writeString(home.resolve("distribution.properties"), "role=test\nversion=1\nfeatures=a\n");
        Distribution distribution = Distribution.at(home);
        Options options = Options.parse(List.of("--prepare", "--data=" + folder.resolve("data")));
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true);
        classes = Files.writeString(folder.resolve("classes"), "");
        platform = new Platform(distribution, options, Map.of("worker.port", "1"));
        platform.start(distribution, new Announcements(nowhere, nowhere, Instant.now(), fatal -> {}));
    }

    @Test
    void portsOfItsOwnWinOverThoseOfFeatures() throws Exception {
        assertThat(platform.context().getProperty("worker.port")).isEqualTo("1");
        Map<String, String> variables = Preparation.variables();
        assertThat(variables).containsOnlyKeys("master.port", "worker.port");
        assertThat(variables.values()).doesNotHaveDuplicates();
        for (String port : variables.values()) {
            new ServerSocket(Integer.parseInt(port), 1, InetAddress.getLoopbackAddress()).close();
        }
        platform.stop();
    }

    @Test
    void waitsUntilAllIsStartedAndNoMoreClassesCome() throws Exception {
        CompletableFuture<Long> learned = CompletableFuture.supplyAsync(() -> {
            try {
                Preparation.learn(platform, classes);
                return System.nanoTime();
            } catch (Exception e) {
                // Whatever it is, the test is to tell.
                throw new IllegalStateException(e);
            }
        });
        long started = System.nanoTime();
        platform.context()
                .registerService(String.class, "a", FrameworkUtil.asDictionary(Map.of("papertrader.started", "a")));
        Files.writeString(classes, Preparation.class.getName() + " source: file:/somewhere.jar\n");

        assertThat(learned.get(30, TimeUnit.SECONDS) - started).isGreaterThan(TimeUnit.SECONDS.toNanos(2));
        platform.stop();
    }

    @Test
    void endsWithThePlatform() throws Exception {
        platform.stop();

        Preparation.learn(platform, classes);
    }

    @Test
    void whatCannotBeLinkedIsLeftOut() throws Exception {
        List<String> log = List.of(
                "no.such.Thing source: file:/somewhere.jar",
                "org.papertrader.launcher.Preparation$$Lambda$1/0x1 source: org.papertrader.launcher.Preparation",
                Preparation.class.getName() + " source: file:/somewhere.jar",
                "java.lang.Object source: shared objects file",
                "");

        assertThatCode(() -> Preparation.link(log, List.of(platform.context().getBundles())))
                .doesNotThrowAnyException();
        platform.stop();
    }
}
