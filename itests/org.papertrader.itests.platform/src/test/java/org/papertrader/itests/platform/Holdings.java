package org.papertrader.itests.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the process holds at a moment, by kinds that are told apart in a leak: threads by name, open files and sockets, files
 * in the framework's storage. Numbers in names count as one.
 *
 * @param counts how many of each kind
 * @param heapBytes of the heap in use
 * @param directBytes of buffers outside of the heap
 * @param classes that are loaded
 */
record Holdings(Map<String, Long> counts, long heapBytes, long directBytes, long classes) {

    private static final String THREAD = "thread ";
    /** A pool that is new has few threads, and as many as it may have once it is used. */
    private static final long POOL_THREADS_MAX = 8;

    /** Of this moment; {@code storage} is where the framework keeps bundles. */
    static Holdings now(Path storage) {
        Map<String, Long> counts = new TreeMap<>();
        Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .forEach(thread -> count(counts, THREAD + thread.getName()));
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            open.forEach(file -> count(counts, "open " + target(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Stream<Path> files = Files.walk(storage)) {
            files.forEach(file -> count(counts, "stored " + storage.relativize(file)));
        } catch (IOException | UncheckedIOException e) {
            // A file that goes while others are listed.
            count(counts, "stored ?");
        }
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return new Holdings(
                counts,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                direct,
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
    }

    /** Kinds of which there are so many more than before; of threads more than any bounded pool has. */
    Map<String, Long> growth(Holdings before, long atLeast) {
        return counts.entrySet().stream()
                .map(entry ->
                        Map.entry(entry.getKey(), entry.getValue() - before.counts.getOrDefault(entry.getKey(), 0L)))
                .filter(entry -> entry.getValue() >= atLeast
                        && (entry.getValue() > POOL_THREADS_MAX
                                || !entry.getKey().startsWith(THREAD)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, TreeMap::new));
    }

    private static void count(Map<String, Long> counts, String name) {
        counts.merge(name.replaceAll("[0-9a-f]*[0-9][0-9a-f]*", "#"), 1L, Long::sum);
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            // Closed since it was listed.
            return "?";
        }
    }
}
