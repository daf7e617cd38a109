package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.cli.ServerProcess;
import org.papertrader.itests.processes.CrashActivator.Harm;

/** Whatever way a master ends, what it logged before is in the file. */
@Tag("MST-3")
@Tag("MST-17")
@Tag(Installation.ALONE)
class LogCrashTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Pattern TICK = Pattern.compile(" - tick ([0-9]{13}) -\n");
    /** Twice what is promised, for a machine that does other things too. */
    private static final long LOST_MS_MAX = 400;

    @TempDir
    private Path folder;

    @Test
    void aThreadsUncaughtExceptionIsInTheLogWithAllBeforeIt() throws Exception {
        try (ServerProcess master = start()) {
            harm(master, Harm.UNCAUGHT);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(log()).contains("the crash itself"));
            assertThat(log())
                    .contains("before the crash 500 of 500")
                    .containsPattern("ERROR \\[it-crash\\] .* CrashActivator.run\\(CrashActivator.java:[0-9]+\\)"
                            + ".* - uncaught java.lang.IllegalStateException")
                    .contains("    java.lang.IllegalStateException: the crash itself");
            assertThat(master.stop()).as("one thread is not the program").isZero();
            assertThat(log().lines().filter(line -> line.contains("before the crash")))
                    .hasSize(500);
        }
    }

    @Test
    void aMasterWithoutMemoryWritesItsLogAndEndsForARestart() throws Exception {
        try (ServerProcess master = start()) {
            harm(master, Harm.MEMORY);
            assertThat(master.awaitExit(LIMIT)).as(master::outputText).hasValue(4);
            assertThat(log() + master.outputText()).contains("java.lang.OutOfMemoryError");
        }
        assertThat(log().lines().filter(line -> line.contains("before the crash")))
                .hasSize(500);
        assertThat(log()).endsWith("\n");
        try (ServerProcess again = start()) {
            assertThat(again.stop()).isZero();
        }
    }

    @Test
    void ofAKilledMasterAllButTheLastMomentIsInTheLog() throws Exception {
        try (ServerProcess master = start()) {
            harm(master, Harm.TICK);
            await().atMost(LIMIT).until(() -> ticks().size() > 1_000);
            long killed = System.currentTimeMillis();
            master.kill();
            List<Long> ticks = ticks();
            assertThat(ticks).isSorted();
            assertThat(killed - ticks.get(ticks.size() - 1)).isLessThan(LOST_MS_MAX);
        }
        try (ServerProcess again = start()) {
            assertThat(again.stop()).isZero();
        }
        assertThat(log().lines())
                .as("what comes after goes on in the same file, on lines of its own")
                .allMatch(line -> line.matches("    .*|20[0-9-]+T[0-9:.]+Z (INFO|WARN|ERROR) .*"));
    }

    @Test
    void theMainModulesEndIsInTheLogAndTheLogGoesOn() throws Exception {
        try (ServerProcess master = start("org.papertrader.log.front:levels=Events=INFO")) {
            harm(master, Harm.TICK);
            await().atMost(LIMIT).until(() -> !ticks().isEmpty());
            master.type("stop org.papertrader.master --yes");
            await().atMost(LIMIT).untilAsserted(() -> assertThat(log())
                    .containsPattern("\\{org.papertrader.master\\}.* - .*STOPPED\n"));
            int before = ticks().size();
            await().atMost(LIMIT).until(() -> ticks().size() > before + 100);
            assertThat(master.stop()).isZero();
        }
    }

    @Test
    void aFullDiskStopsNothingAndIsToldOf() throws Exception {
        Path file = Files.createDirectories(folder.resolve("data/log")).resolve("papertrader.log");
        Files.createSymbolicLink(file, Path.of("/dev/full"));
        try (ServerProcess master = start("org.papertrader.log.front:entriesMax=200")) {
            harm(master, Harm.TICK);
            await().atMost(LIMIT).until(() -> master.outputText().contains("No space left on device"));
            master.type("log:tail --help");
            await().atMost(LIMIT).until(() -> master.outputText().contains("log:tail [ENTRIES]"));
            Files.delete(file);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(log())
                    .containsPattern("log ring was full, entries dropped: \\{INFO=[0-9]+\\}")
                    .containsPattern("could not be written for [0-9]+ s .* entries lost: [0-9]+"));
            assertThat(master.outputText()).containsOnlyOnce("The log file cannot be written");
            assertThat(master.stop()).isZero();
        }
        assertThat(ticks()).isNotEmpty().isSorted().doesNotHaveDuplicates();
    }

    private ServerProcess start(String... more) throws IOException, InterruptedException {
        List<String> settings = Stream.concat(
                        Stream.of("org.papertrader.transport~master:port=" + Ports.free()), Stream.of(more))
                .toList();
        ServerProcess master =
                ServerProcess.startWithShell("master", Installation.home("master"), folder.resolve("data"), settings);
        master.awaitReady(LIMIT);
        return master;
    }

    private void harm(ServerProcess master, Harm harm) throws IOException {
        Path jar = CrashActivator.jar(harm, folder.resolve("crash.jar"));
        master.type("start " + jar.toUri());
    }

    private List<Long> ticks() {
        return TICK.matcher(log())
                .results()
                .map(MatchResult::group)
                .map(line -> Long.valueOf(line.replaceAll("[^0-9]", "")))
                .toList();
    }

    /** All files, oldest first: that is the order of their names. */
    private String log() {
        try (Stream<Path> files = Files.list(folder.resolve("data/log"))) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(LogCrashTest::read)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
