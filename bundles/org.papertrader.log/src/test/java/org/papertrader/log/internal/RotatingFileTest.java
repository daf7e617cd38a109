package org.papertrader.log.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("MST-4")
class RotatingFileTest {

    @TempDir
    Path directory;

    @Test
    @Tag("MST-17")
    void neverExceedsSizeTimesNumber() throws IOException {
        long seed = 4711;
        Random random = new Random(seed);
        try (RotatingFile file = new RotatingFile(path(), 1_000, 3)) {
            for (int i = 0; i < 500; i++) {
                file.write(List.of("x".repeat(1 + random.nextInt(300)) + "\n"));
                assertThat(total()).as("seed %d, write %d", seed, i).isLessThanOrEqualTo(3_000);
            }
        }
        assertThat(names()).containsExactlyInAnyOrder("p.log", "p.log.1", "p.log.2");
        assertThat(total()).as("old files are kept, not thrown away").isGreaterThan(2_000);
    }

    @Test
    void keepsTheNewestTextsInOrder() throws IOException {
        try (RotatingFile file = new RotatingFile(path(), 10, 2)) {
            file.write(List.of("one\n", "two\n", "three\n", "four\n", "five\n"));
        }
        assertThat(path().resolveSibling("p.log.1")).hasContent("three\n");
        assertThat(path()).hasContent("four\nfive\n");
    }

    @Test
    void appendsToWhatAPreviousRunLeftAndDropsSurplusFiles() throws IOException {
        Files.writeString(path(), "123456\n");
        Files.writeString(path().resolveSibling("p.log.7"), "old");
        Files.writeString(path().resolveSibling("p.log.gz"), "not ours");
        try (RotatingFile file = new RotatingFile(path(), 10, 2)) {
            file.write(List.of("789\n"));
        }
        assertThat(path().resolveSibling("p.log.1")).hasContent("123456\n");
        assertThat(path()).hasContent("789\n");
        assertThat(names()).containsExactlyInAnyOrder("p.log", "p.log.1", "p.log.gz");
    }

    @Test
    void oneFileIsEmptiedInPlace() throws IOException {
        try (RotatingFile file = new RotatingFile(path(), 10, 1)) {
            file.write(List.of("123456\n", "789012\n"));
        }
        assertThat(path()).hasContent("789012\n");
        assertThat(names()).containsExactly("p.log");
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        try (RotatingFile file = new RotatingFile(directory.resolve("new/p.log"), 10, 1)) {
            file.write(List.of("x\n"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("new/p.log"))))
                .isEqualTo("rw-------");
    }

    private Path path() {
        return directory.resolve("p.log");
    }

    private long total() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(RotatingFileTest::size).sum();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
