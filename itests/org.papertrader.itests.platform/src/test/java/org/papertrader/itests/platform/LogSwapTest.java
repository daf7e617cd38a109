package org.papertrader.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.papertrader.itests.exam.PaxExamExtension;
import org.papertrader.itests.platform.SwapUnderLoad.Way;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The log is swapped while bundles write to it: not one entry is lost, doubled or out of order. */
@ExtendWith(PaxExamExtension.class)
@Tag("CARD-4")
@Tag("WRK-6")
class LogSwapTest {

    private static final String BUNDLE = "org.papertrader.log";
    private static final String THREAD = "papertrader-log";
    private static final Pattern ENTRY = Pattern.compile(" by \\[(load-\\d+)] no (\\d+)$");
    /** Faster callers than any here would rather test how the ring drops than how the log is swapped. */
    private static final long PACE_NANOS = 500_000;

    private static final AtomicLong RUNS = new AtomicLong();

    @Inject
    private BundleContext context;

    @Configuration
    static Option[] configuration() {
        return DistributionUnderTest.of("standalone")
                .onlyFeatures("runtime")
                .set("org.papertrader.log.front", "entriesMax", "100000")
                .withCommands()
                .options();
    }

    @Test
    @Tag("MST-15")
    void anEntryNamesTheBundleAndThePlaceOfItsCaller() {
        RunningPlatform platform = ready();
        Logger logger = LoggerFactory.getLogger("it.place");
        logger.info("over here");
        awaitLog(() -> assertThat(lines(platform, " - over here")).anySatisfy(line -> assertThat(line)
                .contains(" INFO  [", "] it.place {PAXEXAM-PROBE-")
                .contains("LogSwapTest.anEntryNamesTheBundleAndThePlaceOfItsCaller(LogSwapTest.java:")));
    }

    @Test
    void theShellShowsTheEndOfTheLog() throws Exception {
        RunningPlatform platform = ready();
        LoggerFactory.getLogger("it.tail").warn("the last\nline");
        awaitLog(() -> assertThat(platform.shell("log:tail 1000 --full")).contains(" - the last\\nline"));
        assertThat(platform.shell("log:search 'the last' --level WARN --since 1h"))
                .contains("WARN  the last\\nline")
                .contains("1 found");
        assertThat(platform.shell("log:search nowhere --json")).isEmpty();
        assertThat(platform.shell("shell:help log:tail")).contains("log:tail [ENTRIES]");
    }

    @Test
    void levelsAreSetByTheShellAndKept() throws Exception {
        RunningPlatform platform = ready();
        Logger logger = LoggerFactory.getLogger("it.level.kept");
        platform.shell("log:level it.level DEBUG");
        await().atMost(RunningPlatform.START_MAX).until(logger::isDebugEnabled);
        assertThat(platform.shell("log:level")).contains("DEBUG   it.level").contains("WARN    io.netty");
        assertThat(platform.path("papertrader.conf").resolve("org.papertrader.log.front.cfg"))
                .content()
                .contains("it.level=DEBUG");
        platform.shell("log:level it.level reset");
        await().atMost(RunningPlatform.START_MAX).until(() -> !logger.isDebugEnabled());
        assertThat(platform.shell("log:level it.level --json"))
                .contains("{\"logger\":\"it.level\",\"level\":\"INFO\"}");
    }

    @Test
    void whatIsWrittenToTheLogServiceEndsInTheSameLog() {
        RunningPlatform platform = ready();
        org.osgi.service.log.Logger logger =
                platform.service(org.osgi.service.log.LoggerFactory.class).getLogger("it.service");
        String thread = name();
        MDC.put("request", "7");
        logger.info("by the service");
        MDC.remove("request");
        logger.debug("not at this level");
        awaitLog(() -> assertThat(lines(platform, " - by the service")).anySatisfy(line -> assertThat(line)
                .contains(" INFO  [" + thread + "] it.service {PAXEXAM-PROBE-", "(LogSwapTest.java:", "<request=7>")));
        assertThat(lines(platform, "not at this level")).isEmpty();
    }

    @Test
    void stoppedItLeavesNoThreadAndNoFileOpenAndWhatComesMeanwhileWaits() throws Exception {
        RunningPlatform platform = ready();
        Bundle log = platform.bundle(BUNDLE);
        assertThat(threads()).contains(THREAD);
        log.stop();
        try {
            // A stop waits for the last write, but not for ever.
            awaitLog(() -> {
                assertThat(threads()).doesNotContain(THREAD, THREAD + "-shutdown");
                assertThat(openFiles()).noneMatch(file -> file.endsWith("papertrader.log"));
            });
            LoggerFactory.getLogger("it.meanwhile").info("waiting");
        } finally {
            log.start();
        }
        awaitLog(() -> assertThat(lines(platform, " - waiting")).isNotEmpty());
    }

    @Test
    void levelsChangeWhileItRuns() throws Exception {
        RunningPlatform platform = ready();
        Logger logger = LoggerFactory.getLogger("it.levels");
        assertThat(logger.isInfoEnabled()).isTrue();
        platform.shell("config:set org.papertrader.log.front levelDefault ERROR");
        await().atMost(RunningPlatform.START_MAX).until(() -> !logger.isWarnEnabled());
        platform.shell("config:set org.papertrader.log.front levelDefault INFO");
        await().atMost(RunningPlatform.START_MAX).until(logger::isInfoEnabled);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("MST-17")
    void nothingIsLostWhileItIsSwapped(Way way) throws Exception {
        RunningPlatform platform = ready();
        String run = "run" + RUNS.incrementAndGet();
        Logger logger = LoggerFactory.getLogger("it.load");
        AtomicLong numbers = new AtomicLong();

        SwapReport report = SwapUnderLoad.of(context, BUNDLE).run(way, () -> {
            logger.info("{} by [{}] no {}", run, name(), numbers.incrementAndGet());
            LockSupport.parkNanos(PACE_NANOS);
        });

        assertThat(report.failed()).as("%s", report).isZero();
        awaitLog(() -> assertThat(numbersByThread(platform, run).values().stream()
                        .mapToLong(List::size)
                        .sum())
                .isEqualTo(report.requests()));
        assertThat(numbersByThread(platform, run))
                .allSatisfy(
                        (thread, seen) -> assertThat(seen).as(thread).isSorted().doesNotHaveDuplicates());
    }

    private static void awaitLog(ThrowingRunnable check) {
        await().atMost(RunningPlatform.START_MAX).untilAsserted(check);
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    private static List<String> openFiles() throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.map(LogSwapTest::target).toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // Closed since it was listed.
            return "";
        }
    }

    private RunningPlatform ready() {
        RunningPlatform platform = new RunningPlatform(context);
        platform.awaitReady();
        return platform;
    }

    private static String name() {
        return Thread.currentThread().getName();
    }

    private static Map<String, List<Long>> numbersByThread(RunningPlatform platform, String run) {
        return lines(platform).stream()
                .filter(line -> line.contains(run + " by ["))
                .map(ENTRY::matcher)
                .filter(Matcher::find)
                .collect(Collectors.groupingBy(
                        entry -> entry.group(1),
                        Collectors.mapping(entry -> Long.valueOf(entry.group(2)), Collectors.toList())));
    }

    /** Of these few each may be looked at closely; of all there are thousands. */
    private static List<String> lines(RunningPlatform platform, String end) {
        return lines(platform).stream().filter(line -> line.endsWith(end)).toList();
    }

    /** Of all files, oldest first: that is the order of their names. */
    private static List<String> lines(RunningPlatform platform) {
        Path folder = platform.path("papertrader.data").resolve("log");
        try (var files = Files.list(folder)) {
            return files.sorted().flatMap(file -> read(file).stream()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
