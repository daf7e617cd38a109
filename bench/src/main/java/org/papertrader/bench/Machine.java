package org.papertrader.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux tells of processes and of the machine. */
final class Machine {
    /** Clock ticks a second of /proc, the same on every Linux that Java runs on. */
    private static final double TICKS = 100;

    private static final int USER_TIME = 11;
    private static final int IDLE_FIELD = 4;
    private static final int IO_WAIT_FIELD = 5;
    private static final int STEAL_FIELD = 8;

    private Machine() {}

    /** Processor time of the calling thread. */
    static long threadCpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Processor seconds that all threads of this process used so far. */
    static double ownCpuSeconds() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system.getProcessCpuTime() / 1e9;
    }

    /** Processor seconds, user and system, that a process used so far. */
    static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        return (Long.parseLong(fields.get(USER_TIME)) + Long.parseLong(fields.get(USER_TIME + 1))) / TICKS;
    }

    /** Processor seconds that all of the machine used so far. */
    static double busySeconds() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/stat")).get(0);
        List<String> fields = List.of(line.split(" +", -1));
        long busy = 0;
        for (int i = 1; i <= STEAL_FIELD; i++) {
            busy += i == IDLE_FIELD || i == IO_WAIT_FIELD ? 0 : Long.parseLong(fields.get(i));
        }
        return busy / TICKS;
    }

    /** A figure of /proc/PID/status in MiB, for example {@code VmRSS}. */
    static double memoryMiB(long pid, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
            }
        }
        throw new IOException("no " + name + " of process " + pid);
    }

    /** One line about what the figures were taken on. */
    static String describe() throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown processor");
        return Runtime.getRuntime().availableProcessors() + " cores (" + model + "), " + "JDK "
                + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.version");
    }
}
