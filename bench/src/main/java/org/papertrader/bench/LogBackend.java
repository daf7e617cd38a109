package org.papertrader.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One way to log, set up with a file of its own whose lines name class, method and line of the caller. */
abstract class LogBackend implements AutoCloseable {
    private final String name;
    private final Path file;
    /** No two events are equal: equal ones could be folded. */
    long number;

    LogBackend(String name, Path file) {
        this.name = name;
        this.file = file;
    }

    final String name() {
        return name;
    }

    final Path file() {
        return file;
    }

    /** Logs so many events on the calling thread. */
    abstract void burst(int events) throws IOException;

    /** Ends what runs in the background; all is in the file then. */
    @Override
    public abstract void close();

    /** Whether the file has all events, each with the place of its call. */
    final String proof(long events) throws IOException {
        String place = "burst(" + getClass().getSimpleName() + ".java:";
        long lines;
        try (var all = Files.lines(file)) {
            lines = all.filter(line -> line.contains(place)).count();
        }
        return lines == events
                ? ""
                : name + ": " + lines + " of " + events + " events are in its file with their place";
    }
}
