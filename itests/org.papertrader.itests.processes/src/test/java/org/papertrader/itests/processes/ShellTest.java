package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.cli.ServerProcess;
import org.papertrader.itests.bundles.TestBundle;

/** CARD-9: an operator at the packaged program, over SSH and at its own terminal. */
@Tag("CARD-9")
@Tag("DS-7")
@Tag("DS-8")
class ShellTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z.]+:[a-z-]+) ");

    /** What Ctrl-U sends. */
    private static final String DISCARD_LINE = "\u0015";

    /** Whose answers are as wide as what they speak of. */
    private static final Set<String> AS_WIDE_AS_IT_GETS =
            Set.of("log:tail", "transport:list", "assets:list", "assets:sources");

    @TempDir
    private static Path folder;

    private static Path data;
    private static ServerProcess program;
    private static Operator operator;

    @BeforeAll
    static void start() throws Exception {
        data = folder.resolve("data");
        int port = Ports.free();
        Path keys = Files.createDirectories(data.resolve("keys"));
        write(keys.resolve("canary.key"), "canary-of-a-key-file\n");
        write(folder.resolve("source.token"), "canary-of-a-passphrase-file\n");
        program = ServerProcess.startWithShell(
                "standalone",
                Installation.home("standalone"),
                data,
                Ports.standalone(
                        "org.papertrader.shell.ssh:port=" + port,
                        "org.papertrader.it.source:apiKey=canary-of-the-configuration",
                        "org.papertrader.it.source:tokenFile=" + folder.resolve("source.token")));
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

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void scriptsGetExitCodes() throws Exception {
        assertThat(operator.run("status").code()).isZero();
        assertThat(operator.run("no:such").code()).isEqualTo(127);
        assertThat(operator.run("config:set org.papertrader.marketdata intervalMs soon")
                        .code())
                .isEqualTo(1);
        assertThat(operator.run("threads --nope").err()).contains("there is no option --nope");
        Operator.Answer stop = operator.run("stop org.papertrader.trading");
        assertThat(stop.code()).isEqualTo(2);
        assertThat(stop.err()).contains("add --yes to do it");
        assertThat(operator.run("feature:remove shell").code()).isEqualTo(2);
        assertThat(operator.run("start org.papertrader.trading").code()).isZero();
        for (String wrong : List.of(
                "start no.such.bundle",
                "start 99999",
                "start file:/no/such.jar",
                "start",
                "install file:/no/such.jar",
                "install no-place",
                "install")) {
            Operator.Answer failed = operator.run(wrong);
            assertThat(failed.code()).as(wrong).isEqualTo(1);
            assertThat(failed.err().lines()).as(wrong).hasSize(1);
        }
    }

    @Test
    void bundlesAreInstalledAllOrNone() throws Exception {
        Path good = folder.resolve("good.jar");
        Files.write(good, TestBundle.of("it.placed", "1.0.0").bytes());

        assertThat(operator.run("install " + good.toUri() + " file:/no/such.jar")
                        .code())
                .isEqualTo(1);
        assertThat(operator.run("lb -s").out()).doesNotContain("it.placed");
        Operator.Answer installed = operator.run("install " + good.toUri());
        assertThat(installed.code()).isZero();
        assertThat(installed.out()).matches("(?s)it\\.placed 1\\.0\\.0 is bundle \\d+\\s*");
        assertThat(operator.run("uninstall it.placed --yes").code()).isZero();
        assertThat(operator.run("lb -s").out()).doesNotContain("it.placed");
    }

    @Test
    void theProgramIsSeenAtAGlance() throws Exception {
        await().atMost(LIMIT).untilAsserted(() -> {
            Operator.Answer status = operator.run("status");
            assertThat(status.out())
                    .contains("connected 1, expected 1")
                    .contains("program    standalone ")
                    .contains("ready      master on port ", "worker on port ")
                    .contains("health     ", " workers: 1 of 1 workers are connected")
                    .contains("clients    connected ", "accounts   registered ", "queue      state running, open 0")
                    .contains("market     time ", "disk       free ", "memory     heap used ");
            assertThat(status.lines()).hasSizeLessThan(30);
        });
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(operator.run("status --json").out())
                        .startsWith("{\"role\":\"standalone\"")
                        .contains("\"workers\":{\"connected\":1"));
    }

    @Test
    void helpLeadsToEveryCommandAndEachFitsATerminal() throws Exception {
        Operator.Answer help = operator.run("help");
        List<String> topics = help.lines().stream()
                .filter(line -> line.startsWith("  "))
                .map(line -> line.strip().split(" ", 2)[0])
                .toList();
        assertThat(topics).contains("workers", "accounts", "trading", "market", "features", "configuration", "log");
        Set<String> commands = new TreeSet<>();
        List<String> wide = new ArrayList<>();
        for (String topic : topics) {
            Operator.Answer told = operator.run("help " + topic);
            note(wide, "help " + topic, told);
            COMMAND.matcher(told.out()).results().forEach(match -> commands.add(match.group(1)));
        }
        assertThat(commands).contains("worker:list", "config:describe", "felix:lb", "shell:status", "feature:list");
        for (String command : commands) {
            Operator.Answer told = operator.run("help " + command);
            assertThat(told.code()).as(command).isZero();
            if (told.out().startsWith(command)) {
                note(wide, "help " + command, told);
            }
        }
        assertThat(wide).isEmpty();
    }

    @Test
    void everyListFitsATerminal() throws Exception {
        List<String> wide = new ArrayList<>();
        for (String command : List.of(
                "status",
                "threads",
                "worker:list",
                "worker:show local",
                "feature:list",
                "feature:info master",
                "config:get",
                "config:get org.papertrader.trading",
                "config:describe org.papertrader.trading",
                "queue:show",
                "queue:list",
                "interval:show",
                "sessions:list",
                "clients:list",
                "cache:stats",
                "log:level")) {
            Operator.Answer answer = operator.run(command);
            assertThat(answer.code()).as(command).isZero();
            if (!AS_WIDE_AS_IT_GETS.contains(command)) {
                note(wide, command, answer);
            }
        }
        assertThat(wide).isEmpty();
    }

    private static void note(List<String> wide, String command, Operator.Answer answer) {
        answer.lines().stream().filter(line -> line.length() > 80).forEach(line -> wide.add(command + ": " + line));
    }

    @Test
    void theTabKeyCompletesWorkersSymbolsAndValuesOnATerminal() throws Exception {
        await().atMost(LIMIT).until(() -> operator.run("assets:list AA").out().contains("AAPL"));
        try (Operator.Screen screen = operator.terminal()) {
            screen.await("standalone");
            screen.type("worker:sh\tloc\t\r");
            screen.await("127.0.0.1");
            assertThat(screen.plain()).contains("worker:show local");
            screen.type("assets:list AAP\t\r");
            screen.await("assets:list AAPL");
            screen.type("health:check stor\t\r");
            screen.await("health:check storage");
            screen.type("config:get org.papertrader.trad\t\r");
            screen.await("queueDepthMax");
            screen.type("log:level org.papertrader.trading \t");
            screen.await("TRACE");
            screen.type(DISCARD_LINE);
            // There is trading.api too, so that Tab writes no blank behind the name.
            screen.type("log:level org.papertrader.trad\t DE\t\r");
            awaitLevel("DEBUG");
            screen.type("log:level org.papertrader.trad\t re\t\r");
            awaitLevel("INFO");
            screen.type("stop org.papertrader.tradi\t\r");
            screen.await("do it? [y/N] ");
            screen.type("n\r");
            screen.type("exit\r");
        }
    }

    private static void awaitLevel(String level) {
        await(level)
                .atMost(LIMIT)
                .until(
                        () -> operator.run("log:level org.papertrader.trading").out(),
                        told -> told.endsWith(level + "\n"));
    }

    @Test
    void theLocalShellIsTheSame() throws Exception {
        program.type("worker:show --help");
        await().atMost(LIMIT).until(() -> program.outputText().contains("One worker: what is stored of it"));
        program.type("status");
        await().atMost(LIMIT).until(() -> program.outputText().contains("program    standalone "));
        program.type("stop org.papertrader.trading");
        await().atMost(LIMIT).until(() -> program.outputText().contains("this cannot be taken back; add --yes"));
        program.type("update org.papertrader.shell");
        program.type("help workers");
        await().atMost(LIMIT).until(() -> program.outputText().contains("workers: those who serve clients"));
    }

    @Test
    void aReportHasNoSecretInIt() throws Exception {
        Files.writeString(
                data.resolve("log/papertrader.log"),
                "password=canary-of-the-log\nread canary-of-a-key-file\nhttps://ada:canary-of-an-address@example.org/\n",
                StandardOpenOption.APPEND);
        operator.run("config:set org.papertrader.it.none apiKey canary-of-the-audit");
        Path file = folder.resolve("report.zip");
        Operator.Answer told = operator.run("diagnostics " + file);
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.lines()).allMatch(line -> line.length() <= 80).anyMatch(line -> line.contains("threads.txt"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        List<String> found = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                names.add(entry.getName());
                String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                text.lines()
                        .filter(line ->
                                line.contains("canary-of") || line.contains("PRIVATE KEY") || line.contains("grace"))
                        .forEach(line -> found.add(entry.getName() + ": " + line));
            }
        }
        assertThat(found).isEmpty();
        assertThat(names)
                .contains(
                        "status.txt",
                        "status.json",
                        "features.txt",
                        "bundles.txt",
                        "components.txt",
                        "configuration.txt",
                        "environment.txt",
                        "jvm.txt",
                        "threads.txt",
                        "log/papertrader.log",
                        "log/audit.log");
        assertThat(operator.run("diagnostics " + file).code()).isEqualTo(1);
    }
}
