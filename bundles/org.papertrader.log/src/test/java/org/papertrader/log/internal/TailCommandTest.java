package org.papertrader.log.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailCommandTest {

    @TempDir
    Path directory;

    @Test
    void showsTheLastLines() throws IOException {
        Path file = directory.resolve("p.log");
        TailCommand command = new TailCommand(file);
        assertThat(command.tail()).startsWith("no log file yet");

        Files.writeString(file, lines(50));
        assertThat(command.tail(2)).isEqualTo("line 48\nline 49");
        assertThat(command.tail().lines()).hasSize(TailCommand.LINES_DEFAULT);
        assertThat(command.tail(-1)).isEmpty();
    }

    @Test
    void looksBackOnlySoFar() throws IOException {
        Path file = directory.resolve("p.log");
        Files.writeString(file, lines(200_000));
        assertThat(new TailCommand(file).tail(Integer.MAX_VALUE).lines())
                .hasSize(TailCommand.LINES_MAX)
                .allMatch(line -> line.startsWith("line "))
                .last()
                .isEqualTo("line 199999");
    }

    private static String lines(int count) {
        return IntStream.range(0, count).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }
}
