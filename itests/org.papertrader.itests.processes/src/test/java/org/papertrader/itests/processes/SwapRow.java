package org.papertrader.itests.processes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How all clients fared while one bundle of one program was swapped in one way. Thread-safe. */
final class SwapRow {
    private static final int EXAMPLES_MAX = 5;

    final String program;
    final SwappedProgram.Target target;
    final SwapWay way;
    private final AtomicInteger swaps = new AtomicInteger();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong interrupted = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong drops = new AtomicLong();
    private final AtomicLong worstNanos = new AtomicLong();
    private final ConcurrentLinkedQueue<String> examples = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile String last = "";
    private volatile Optional<String> refused = Optional.empty();

    SwapRow(String program, SwappedProgram.Target target, SwapWay way) {
        this.program = program;
        this.target = target;
        this.way = way;
    }

    void swapped(int times) {
        swaps.addAndGet(times);
    }

    /** The swap itself went wrong. */
    void broken(String why) {
        failed.incrementAndGet();
        note(why);
    }

    /** The program says that this bundle is not changed in this way. */
    void refused(String why) {
        refused = Optional.of(why);
    }

    void served(long nanos) {
        requests.incrementAndGet();
        worstNanos.accumulateAndGet(nanos, Math::max);
    }

    /** A request had no good answer, and is made again. */
    void interrupted(String why) {
        interrupted.incrementAndGet();
        note(why);
    }

    /** A request had no good answer for as long as anybody would wait. */
    void failed(String why) {
        requests.incrementAndGet();
        failed.incrementAndGet();
        if (failures.size() < EXAMPLES_MAX) {
            failures.add("failed: " + why);
        }
    }

    /** A client had to go on with another connection. */
    void dropped(String why) {
        drops.incrementAndGet();
        note("moved: " + why);
    }

    private void note(String example) {
        last = example;
        if (examples.size() < EXAMPLES_MAX) {
            examples.add(example);
        }
    }

    /** The first few things that went wrong, and the last. */
    String examples() {
        return failures + " " + examples + " last: " + last;
    }

    /** What must not have happened. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        boolean isSmooth = target.swappable() || way == SwapWay.BASELINE;
        if (failed.get() > 0 || (isSmooth && interrupted.get() + drops.get() > 0)) {
            problems.add(line() + " " + examples());
        }
        return problems;
    }

    static String head() {
        return """
            | program | bundle | class | way | swaps | requests | failed | interrupted | dropped | worst ms |
            | --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
            """;
    }

    /** A line of a Markdown table. */
    String line() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %d | %d | %d | %d | %d |",
                program,
                target.shortName(),
                target.swappable() ? "S" : "I",
                way,
                refused.isPresent() ? "refused" : swaps.toString(),
                requests.get(),
                failed.get(),
                interrupted.get(),
                drops.get(),
                worst().toMillis());
    }

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"program\": \"%s\", \"bundle\": \"%s\", \"class\": \"%s\", \"way\": \"%s\", \"swaps\": %d,"
                        + " \"requests\": %d, \"failed\": %d, \"interrupted\": %d, \"dropped\": %d, \"worstMs\": %d}",
                program,
                target.name(),
                target.swappable() ? "S" : "I",
                way,
                swaps.get(),
                requests.get(),
                failed.get(),
                interrupted.get(),
                drops.get(),
                worst().toMillis());
    }

    private Duration worst() {
        return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(worstNanos.get()));
    }
}
