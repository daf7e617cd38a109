package org.papertrader.features.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** What is being changed, step by step, so that a start after a crash can say what was interrupted. */
final class Journal {
    private static final String DECIDED = "decided";

    private final Path file;

    Journal(Path file) {
        this.file = file;
    }

    /** A change begins; {@code what} names it for people. */
    void begin(String what) throws IOException {
        Choices.replace(file, what + "\n");
    }

    void step(String line) throws IOException {
        Files.writeString(
                file, line + "\n", StandardOpenOption.APPEND, StandardOpenOption.CREATE, StandardOpenOption.SYNC);
    }

    /** The change has proven itself and is remembered from now on; only the old is still to be cleared away. */
    void decided() throws IOException {
        step(DECIDED);
    }

    /** Nothing is under way. */
    void end() throws IOException {
        Files.deleteIfExists(file);
    }

    /** What was under way when the program ended, and what became of it; empty when nothing was. */
    Optional<String> interrupted() throws IOException {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            String last = lines.get(lines.size() - 1);
            return Optional.of(
                    last.equals(DECIDED)
                            ? lines.get(0) + " was interrupted after it had succeeded; it is in effect"
                            : lines.get(0) + " was interrupted after '" + last + "'; it is rolled back");
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
