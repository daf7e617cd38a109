package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --prepare} lets the JVM read classes, those of bundles too, from an archive; one that is wrong does no harm. */
class PreparedStartTest {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String SHARED = "source: shared objects file (top)";

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void copyTheStandalone() throws IOException {
        home = folder.resolve("a blank/standalone");
        Path original = Installation.home("standalone");
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(PreparedStartTest::isPackaged).toList()) {
                Path copy = home.resolve(original.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Test
    void startsFromTheArchiveAndWithoutIt() throws Exception {
        assertThat(prepared()).contains("ready: clients").endsWith("stopped\n");
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .satisfiesExactly(
                            archive -> assertThat(archive).matches("classes-\\d+\\.jsa"),
                            framework -> assertThat(framework).isEqualTo("org.apache.felix.framework.jar"),
                            launcher -> assertThat(launcher).isEqualTo("org.papertrader.launcher.jar"));
        }

        assertThat(sharedAtStart())
                .hasSizeGreaterThan(1_500)
                .contains("org.papertrader.gateway.internal.Gateway", "org.h2.engine.Database");

        try (FileSystem launcher = FileSystems.newFileSystem(home.resolve("lib/org.papertrader.launcher.jar"))) {
            Files.writeString(launcher.getPath("another"), "");
        }
        assertThat(sharedAtStart()).as("from an archive of another launcher").isEmpty();
    }

    /** Beside a service whose configuration it is given, as the command of a Debian package does, and leaves alone. */
    private String prepared() throws IOException, InterruptedException {
        Path configuration = Files.createDirectories(folder.resolve("conf"));
        try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(
                    configuration.resolve("org.papertrader.transport~master.cfg"),
                    "port = " + service.getLocalPort() + "\n");
            return run("", "--prepare", "--conf", configuration.toString());
        }
    }

    /** Not what is there because somebody has prepared the distribution itself. */
    private static boolean isPackaged(Path file) {
        return Files.isRegularFile(file) && !file.toString().endsWith(".jsa");
    }

    /** Both sides are; the worker is only when the master has its register of workers out of the database. */
    private static boolean isReady(String printed) {
        return printed.contains("ready: workers") && printed.contains("ready: clients");
    }

    /** Names of the classes that came from the archive at a start up to its being ready. */
    private List<String> sharedAtStart() throws IOException, InterruptedException {
        Path log = folder.resolve("loaded");
        Files.deleteIfExists(log);
        int masterPort = Ports.free();
        String printed = run(
                "-Xlog:class+load:file=" + log + ":none",
                "--data",
                folder.resolve("data").toString(),
                "--set",
                "org.papertrader.transport~master:port=" + masterPort,
                "--set",
                "org.papertrader.link.worker:masterPort=" + masterPort,
                "--set",
                "org.papertrader.transport~worker:port=0");
        assertThat(printed).contains("ready: workers and clients").endsWith("stopped\n");
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.endsWith(SHARED))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .toList();
        }
    }

    /**
     * Runs until it stops by itself, or is ready and then stopped; what it printed, to a file, as reading a pipe may fail
     * once the process ends.
     */
    private String run(String javaOptions, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(home.resolve("bin/papertrader-standalone").toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Files.deleteIfExists(output);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_OPTS", javaOptions);
        Process process = builder.start();
        try {
            if (!List.of(arguments).contains("--prepare")) {
                await().atMost(LIMIT).until(() -> !process.isAlive() || isReady(Files.readString(output)));
                process.destroy();
            }
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            String printed = Files.readString(output);
            assertThat(process.exitValue()).as(printed).isZero();
            return printed;
        } finally {
            process.destroyForcibly();
        }
    }
}
