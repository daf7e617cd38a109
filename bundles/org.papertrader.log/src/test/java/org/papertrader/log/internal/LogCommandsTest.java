package org.papertrader.log.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.log.front.LogLevels;
import org.slf4j.event.Level;

class LogCommandsTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final List<String> executed = new CopyOnWriteArrayList<>();

    @Test
    void showsTheLastEntriesAlsoOfTheFileBefore() throws Exception {
        assertThat(commands().tail(session())).isEmpty();
        Files.writeString(directory.resolve("p-00000001-20260304T050607Z.log"), text(0, 50));
        Files.writeString(path(), text(50, 52));
        assertThat(commands().tail(session(), "3", "--full")).isEqualTo(text(49, 52));
        assertThat(commands().tail(session(), "--json").lines())
                .hasSize(LogCommands.ENTRIES_DEFAULT)
                .allMatch(line -> line.startsWith("{\"time\":"))
                .last()
                .asString()
                .contains("\"message\":\"number 51\"");
    }

    @Test
    void fitsEightyColumnsAndCutsNothing() throws Exception {
        String words = "word ".repeat(60) + "x".repeat(200);
        Files.writeString(
                path(), TextFormat.format(Entries.of(Entries.TIME, Level.ERROR, words, "a.B: c\n\tat d" + words)));
        String shown = commands().tail(session());
        assertThat(shown.lines()).allMatch(line -> line.length() <= 80).hasSizeGreaterThan(10);
        assertThat(shown.replaceAll("\\s", "")).contains(words.replace(" ", "")).contains("B.run:12{a.bundle}");
        assertThat(shown).startsWith("03-04 05:06:07.000 ERROR word");
    }

    @Test
    void findsByTextPatternLevelTimeAndBundle() throws Exception {
        Files.writeString(directory.resolve("p-00000001-20260304T050607Z.log"), text(0, 30));
        Files.writeString(
                path(), JsonFormat.format(Entries.of(Entries.TIME.plusSeconds(60), Level.WARN, "Disk full", "a.B: c")));
        assertThat(commands().search("NUMBER 2", "--limit", "2"))
                .contains("number 28")
                .contains("number 29")
                .doesNotContain("number 27")
                .endsWith("11 found, the last 2 shown\n");
        assertThat(commands().search("number [0-3]$", "--regex")).endsWith("4 found\n");
        assertThat(commands().search("--level", "warn")).contains("Disk full").endsWith("1 found\n");
        assertThat(commands().search("--since", "90s")).endsWith("1 found\n");
        assertThat(commands().search("--since", "2026-03-04T05:06:07Z")).endsWith("31 found, the last 20 shown\n");
        assertThat(commands().search("--bundle", "other")).isEqualTo("0 found\n");
        assertThat(commands().search("a.B: c", "--json"))
                .contains("\"stack\":\"a.B: c\"")
                .endsWith("}\n");
    }

    @Test
    void whatMakesNoSenseFailsAndSaysWhereToReadOn() throws Exception {
        assertThatThrownBy(() -> commands().tail(session(), "x"))
                .hasMessageStartingWith("'x' is no number")
                .hasMessageEndingWith("; see log:tail --help");
        assertThatThrownBy(() -> commands().tail(session(), "0")).hasMessageStartingWith("'0' is no number");
        assertThatThrownBy(() -> commands().tail(session(), "--nope"))
                .hasMessageStartingWith("there is no option --nope");
        assertThatThrownBy(() -> commands().search("(", "--regex"))
                .hasMessageStartingWith("'(' is no pattern")
                .hasMessageEndingWith("; see log:search --help");
        assertThatThrownBy(() -> commands().search("--since", "soon")).hasMessageStartingWith("'soon' is no time");
        assertThatThrownBy(() -> commands().search("--level", "loud")).hasMessageStartingWith("'loud' is no level");
        assertThatThrownBy(() -> commands().search("a", "b")).hasMessageStartingWith("one text");
        assertThatThrownBy(() -> commands().search("--level")).hasMessageStartingWith("--level needs");
    }

    @Test
    void followsIntoTheNextFileUntilTheCommandGoes() throws Exception {
        Files.writeString(path(), text(0, 1));
        LogCommands commands = commands();
        Thread follower = new Thread(() -> follow(commands));
        follower.start();
        await().untilAsserted(() -> assertThat(shown()).contains("number 0"));
        Files.writeString(path(), text(1, 2), StandardOpenOption.APPEND);
        await().untilAsserted(() -> assertThat(shown()).contains("number 1"));
        Files.move(path(), directory.resolve("p-00000001-20260304T050607Z.log"));
        Files.writeString(path(), text(2, 3));
        await().untilAsserted(() -> assertThat(shown()).contains("number 2"));
        commands.deactivate();
        follower.join();
        assertThat(shown()).containsOnlyOnce("number 1");
    }

    @Test
    void showsLevelsAndSetsThemInTheConfiguration() throws Exception {
        assertThat(levels().level(session())).isEqualTo("default INFO\nWARN    io.netty\n");
        assertThat(levels().level(session(), "--json"))
                .isEqualTo("{\"default\":\"INFO\",\"rules\":{\"io.netty\":\"WARN\"}}\n");
        assertThat(levels().level(session(), "io.netty.x")).isEqualTo("io.netty.x of io.netty.x\n");
        levels().level(session(), "a.b", "debug");
        levels().level(session(), "io.netty", "reset");
        levels().level(session(), "default", "WARN");
        levels().level(session(), "default", "reset");
        assertThat(executed)
                .containsExactly(
                        "config:set org.papertrader.log.front levels 'a.b=DEBUG,io.netty=WARN'",
                        "config:set org.papertrader.log.front levels ''",
                        "config:set org.papertrader.log.front levelDefault 'WARN'",
                        "config:unset org.papertrader.log.front levelDefault");
        assertThatThrownBy(() -> levels().level(session(), "x';shutdown", "DEBUG"))
                .hasMessageStartingWith("'x';shutdown' is no logger");
        assertThatThrownBy(() -> levels().level(session(), "a", "loud")).hasMessageStartingWith("'loud' is no level");
        assertThat(executed).hasSize(4);
    }

    private void follow(LogCommands commands) {
        try {
            commands.tail(session(), "--follow");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private LogCommands commands() {
        return new LogCommands(new LogFiles(path()), Clock.fixed(Entries.TIME.plusSeconds(100), ZoneOffset.UTC));
    }

    private static LevelCommand levels() {
        return new LevelCommand(new LogLevels() {
            @Override
            public String standard() {
                return "INFO";
            }

            @Override
            public SortedMap<String, String> rules() {
                return new TreeMap<>(Map.of("io.netty", "WARN"));
            }

            @Override
            public String of(String logger) {
                return "of " + logger;
            }
        });
    }

    private CommandSession session() {
        PrintStream out = new PrintStream(console, true, StandardCharsets.UTF_8);
        return (CommandSession) Proxy.newProxyInstance(
                CommandSession.class.getClassLoader(),
                new Class<?>[] {CommandSession.class},
                (proxy, method, typed) -> {
                    if (method.getName().equals("execute")) {
                        executed.add(typed[0].toString());
                        return null;
                    }
                    return method.getName().equals("getConsole") ? out : null;
                });
    }

    private String shown() {
        return console.toString(StandardCharsets.UTF_8);
    }

    private Path path() {
        return directory.resolve("p.log");
    }

    private static String text(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(TextFormat.format(Entries.of(Level.INFO, "number " + i)));
        }
        return text.toString();
    }
}
