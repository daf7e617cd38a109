package org.papertrader.log.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.log.internal.RotatingFile.Limits;
import org.papertrader.log.internal.RotatingFile.Written;
import org.slf4j.event.Level;

@Tag("MST-4")
class RotatingFileTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path directory;

    private final SetClock clock = new SetClock();

    @Test
    @Tag("MST-17")
    void neverExceedsTheTotal() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (RotatingFile file = file(1_000, 3_000)) {
            for (int i = 0; i < 500; i++) {
                write(file, "x".repeat(1 + random.nextInt(300)) + "\n");
                assertThat(total()).as("seed %d, write %d", seed, i).isLessThanOrEqualTo(3_000);
            }
        }
        assertThat(total()).as("old files are kept, not thrown away").isGreaterThan(1_500);
    }

    @Test
    void sortedNamesAreInTheOrderOfWritingWhateverTheClockDid() throws IOException {
        try (RotatingFile file = file(10, 1_000)) {
            write(file, "one\n", "two\n", "three\n");
            clock.now = clock.now.minus(Duration.ofDays(400));
            write(file, "four\n", "five\n", "six\n");
        }
        clock.now = clock.now.plus(Duration.ofDays(100));
        try (RotatingFile file = file(10, 1_000)) {
            write(file, "seven\n");
        }
        assertThat(names())
                .containsExactly(
                        "p-00000001-20260304T050607Z.log",
                        "p-00000002-20250128T050607Z.log",
                        "p-00000003-20250128T050607Z.log",
                        "p.log");
        assertThat(contents()).isEqualTo("one\ntwo\nthree\nfour\nfive\nsix\nseven\n");
    }

    @Test
    void isRotatedByAgeAlsoOverARestart() throws IOException {
        try (RotatingFile file = file(1_000, 9_000)) {
            write(file, line("one"));
            clock.now = clock.now.plus(DAY.minusSeconds(1));
            write(file, line("two"));
        }
        clock.now = clock.now.plusSeconds(1);
        try (RotatingFile file = file(1_000, 9_000)) {
            write(file, line("three"));
            assertThat(names()).hasSize(2);
            clock.now = clock.now.minus(Duration.ofDays(30));
            write(file, line("four"));
            clock.now = clock.now.plus(DAY.minusSeconds(1));
            write(file, line("five"));
            assertThat(names())
                    .as("its age counts anew where the clock went back")
                    .hasSize(2);
            clock.now = clock.now.plusSeconds(1);
            write(file, line("six"));
        }
        assertThat(names()).hasSize(3);
        assertThat(path()).content().contains("six").doesNotContain("five");
    }

    @Test
    void appendsToWhatAPreviousRunLeft() throws IOException {
        Files.writeString(path(), "1234");
        Files.writeString(directory.resolve("p-old.log"), "not ours");
        try (RotatingFile file = file(10, 20)) {
            write(file, "789\n");
        }
        assertThat(path()).as("a torn line is ended").hasContent("1234\n789\n");
        assertThat(names()).contains("p-old.log");
    }

    @Test
    void aFileHasOneFormat() throws IOException {
        Files.writeString(path(), "{\"time\":\"2026-03-04T05:06:07Z\"}\n");
        try (RotatingFile file = file(1_000, 9_000)) {
            write(file, line("text"));
        }
        assertThat(names()).hasSize(2);
        assertThat(path()).content().contains("text").doesNotContain("{\"time");
    }

    @Test
    void goesOnWhenItsFileIsMovedAway() throws IOException {
        try (RotatingFile file = file(1_000, 9_000)) {
            write(file, "one\n");
            Files.move(path(), directory.resolve("elsewhere"));
            write(file, "two\n");
        }
        assertThat(path()).hasContent("two\n");
    }

    @Test
    void ofWhatTheDiskHasNoRoomForNothingStaysAndTheRestIsToldOf() throws IOException {
        Files.createSymbolicLink(path(), Path.of("/dev/full"));
        try (RotatingFile file = file(1_000, 9_000)) {
            Written none = file.write(List.of("one\n", "two\n"), false);
            assertThat(none.count()).isZero();
            assertThat(none.failure()).hasMessageContaining("No space left");
            Files.delete(path());
            write(file, "one\n", "two\n");
        }
        assertThat(path()).hasContent("one\ntwo\n");
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        Path file = directory.resolve("new/p.log");
        try (RotatingFile out = new RotatingFile(file, new Limits(10, DAY, 20), EntryFormat.TEXT, clock)) {
            write(out, "x\n");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private RotatingFile file(long bytesMax, long totalMax) {
        return new RotatingFile(path(), new Limits(bytesMax, DAY, totalMax), EntryFormat.TEXT, clock);
    }

    private String line(String message) {
        return TextFormat.format(Entries.of(clock.now, Level.INFO, message, ""));
    }

    private static void write(RotatingFile file, String... texts) {
        assertThat(file.write(List.of(texts), false)).isEqualTo(new Written(texts.length, null));
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
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String contents() throws IOException {
        List<String> contents = new ArrayList<>();
        for (String name : names()) {
            contents.add(Files.readString(directory.resolve(name)));
        }
        return String.join("", contents);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class SetClock extends Clock {
        Instant now = Entries.TIME;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
