package org.papertrader.shell.internal;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Component;
import org.papertrader.shell.text.Json;

/** Shell command {@code threads}: who runs, who waits for whom, and what it costs. */
@Component(
        service = ThreadsCommand.class,
        property = {"osgi.command.scope=shell", "osgi.command.function=threads"})
public final class ThreadsCommand {
    private static final String JSON = "--json";
    private static final String FULL = "--full";
    private static final Pattern COMMAND = Pattern.compile("(?s)^(pipe-[\\w:.-]*).*");
    private static final int GROUPS_MAX = 40;
    private static final int NAMED_MAX = 20;
    private static final int STACKS_MAX = 200;
    private static final int FRAMES_MAX = 24;
    private static final int WIDTH = 80;
    private static final int NAME_WIDTH = 34;

    private final ThreadMXBean threads;

    public ThreadsCommand() {
        this(ManagementFactory.getThreadMXBean());
    }

    ThreadsCommand(ThreadMXBean threads) {
        this.threads = threads;
    }

    /** Shows them. */
    @Descriptor("threads by group, with their states and what they cost")
    public String threads(@Descriptor("[PREFIX] [--full] [--json]") String... typed) {
        TypedWords words = TypedWords.of("threads", typed, Set.of(JSON, FULL), 1);
        List<One> all = all(words.first(), words.has(FULL) ? Integer.MAX_VALUE : 0);
        if (words.has(JSON)) {
            return Json.text(all.stream()
                    .limit(STACKS_MAX)
                    .map(one -> one.toMap(words.has(FULL)))
                    .toList());
        }
        return words.has(FULL) ? stacks(all) : overview(all);
    }

    /** All stacks, for a report. */
    String stacks() {
        List<One> all = all("", Integer.MAX_VALUE);
        return overview(all) + "\n" + stacks(all);
    }

    /** A thread at this moment; the processor time is in milliseconds, -1 where the JVM does not tell it. */
    private record One(ThreadInfo info, long cpuMillis, boolean deadlocked) {
        String name() {
            return told(info.getThreadName());
        }

        /** Names of pools count their threads. */
        String group() {
            return name().replaceAll("[-#@ ]*\\d+", "").replaceAll("\\s+", " ");
        }

        String waitsFor() {
            return info.getLockOwnerName() == null ? "" : info.getLockName() + " of " + told(info.getLockOwnerName());
        }

        /** Gogo names the thread of a command after all that was typed, which may have a secret. */
        private static String told(String name) {
            return COMMAND.matcher(name).replaceFirst("$1");
        }

        Map<String, Object> toMap(boolean full) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("name", name());
            map.put("state", info.getThreadState());
            map.put("cpuMillis", cpuMillis);
            map.put("waitsFor", waitsFor());
            map.put("deadlocked", deadlocked);
            if (full) {
                map.put("stack", Arrays.asList(info.getStackTrace()));
            }
            return map;
        }
    }

    /** With so many frames of each stack, which are most of what it costs. */
    private List<One> all(String prefix, int frames) {
        long[] stuck = threads.findDeadlockedThreads();
        List<Long> deadlocked =
                stuck == null ? List.of() : Arrays.stream(stuck).boxed().toList();
        List<One> all = new ArrayList<>();
        for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds(), frames)) {
            if (info != null && info.getThreadName().startsWith(prefix)) {
                long nanos = threads.isThreadCpuTimeSupported() ? threads.getThreadCpuTime(info.getThreadId()) : -1;
                all.add(new One(
                        info,
                        nanos < 0 ? -1 : TimeUnit.NANOSECONDS.toMillis(nanos),
                        deadlocked.contains(info.getThreadId())));
            }
        }
        all.sort(Comparator.comparing(One::name));
        return all;
    }

    private static String overview(List<One> all) {
        Map<String, List<One>> groups =
                all.stream().collect(Collectors.groupingBy(One::group, TreeMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder(line("GROUP", "THREADS", "CPU MS", "STATES"));
        groups.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, List<One>> group) -> -cpu(group.getValue())))
                .limit(GROUPS_MAX)
                .forEach(group -> text.append(line(
                        group.getKey(),
                        Integer.toString(group.getValue().size()),
                        Long.toString(cpu(group.getValue())),
                        states(group.getValue()))));
        if (groups.size() > GROUPS_MAX) {
            text.append("and ").append(groups.size() - GROUPS_MAX).append(" groups more; name a prefix\n");
        }
        text.append(all.size()).append(" threads\n");
        all.stream()
                .filter(one -> one.info().getThreadState() == Thread.State.BLOCKED)
                .limit(NAMED_MAX)
                .forEach(one -> text.append(cut("blocked: " + one.name() + " waits for " + one.waitsFor())));
        all.stream()
                .filter(One::deadlocked)
                .limit(NAMED_MAX)
                .forEach(one -> text.append(cut("DEADLOCK: " + one.name() + " waits for " + one.waitsFor())));
        return text.toString();
    }

    private static String stacks(List<One> all) {
        StringBuilder text = new StringBuilder();
        for (One one : all.subList(0, Math.min(all.size(), STACKS_MAX))) {
            text.append(one.name()).append("  ").append(one.info().getThreadState());
            text.append(one.waitsFor().isEmpty() ? "" : "  waits for " + one.waitsFor());
            text.append(one.deadlocked() ? "  DEADLOCK" : "").append('\n');
            StackTraceElement[] stack = one.info().getStackTrace();
            for (int i = 0; i < Math.min(stack.length, FRAMES_MAX); i++) {
                text.append("    ").append(stack[i]).append('\n');
            }
            text.append(stack.length > FRAMES_MAX ? "    and " + (stack.length - FRAMES_MAX) + " more\n" : "");
        }
        return all.size() <= STACKS_MAX
                ? text.toString()
                : text.append("and ")
                        .append(all.size() - STACKS_MAX)
                        .append(" threads more; name a prefix\n")
                        .toString();
    }

    private static long cpu(List<One> group) {
        return group.stream().mapToLong(one -> Math.max(0, one.cpuMillis())).sum();
    }

    private static String states(List<One> group) {
        Map<Thread.State, Long> states = group.stream()
                .collect(
                        Collectors.groupingBy(one -> one.info().getThreadState(), TreeMap::new, Collectors.counting()));
        return states.entrySet().stream()
                .map(state -> (group.size() == 1 ? "" : state.getValue() + " ")
                        + state.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }

    private static String line(String name, String count, String cpu, String states) {
        String shown = name.length() <= NAME_WIDTH ? name : name.substring(0, NAME_WIDTH - 3) + "...";
        return cut(String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s %7s %8s  %s", shown, count, cpu, states));
    }

    private static String cut(String line) {
        return (line.length() <= WIDTH ? line : line.substring(0, WIDTH - 3) + "...") + "\n";
    }
}
