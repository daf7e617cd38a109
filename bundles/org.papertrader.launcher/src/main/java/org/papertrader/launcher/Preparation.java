package org.papertrader.launcher;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * Makes a run fit to be learned from: the JVM writes the classes that it has linked into an archive when it exits, and
 * reads them from there at later starts (class data sharing). The start script runs this, and keeps the archive.
 */
final class Preparation {
    /** System property with the file to which the JVM logs each class that it loads, {@code NAME source: JAR}. */
    static final String CLASSES = "papertrader.classes";

    private static final String SOURCE = " source: ";
    private static final String FILE = "file:";
    private static final long LOOK_MS = 100;
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Until the JVM exits: when the platform stops, nobody else holds the bundles' classes, and what is gone is not archived. */
    private static final Queue<Class<?>> KEPT = new ConcurrentLinkedQueue<>();

    private Preparation() {}

    /** Variables of features that keep such a run away from the ports of others. */
    static Map<String, String> variables() throws IOException {
        try (ServerSocket master = free();
                ServerSocket worker = free()) {
            return Map.of(
                    "master.port", Integer.toString(master.getLocalPort()),
                    "worker.port", Integer.toString(worker.getLocalPort()));
        }
    }

    /** Waits until the platform has come up, and links what it has loaded. Returns early when the platform stops. */
    static void learn(Platform platform, Path classes) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long changed = begin;
        long size = 0;
        while (platform.isRunningAfter(LOOK_MS)) {
            long now = System.nanoTime();
            long current = Files.size(classes);
            if (current != size || !platform.hasStarted()) {
                size = current;
                changed = now;
            }
            if (now - changed > QUIET_NANOS || now - begin > LIMIT_NANOS) {
                link(Files.readAllLines(classes), List.of(platform.context().getBundles()));
                return;
            }
        }
    }

    /** Classes that were only looked at, to verify others, are not linked, and would not get into the archive. */
    static void link(List<String> log, List<Bundle> bundles) {
        for (String line : log) {
            int source = line.indexOf(SOURCE + FILE);
            if (source > 0) {
                String jar = line.substring(source + SOURCE.length() + FILE.length());
                link(line.substring(0, source), bundle(bundles, jar));
            }
        }
    }

    private static void link(String name, @Nullable Bundle bundle) {
        try {
            Class<?> loaded = bundle == null
                    ? Class.forName(name, false, Preparation.class.getClassLoader())
                    : bundle.loadClass(name);
            // Asking for constructors links, and initializes nothing.
            Constructor<?>[] unused = loaded.getDeclaredConstructors();
            KEPT.add(loaded);
        } catch (ClassNotFoundException | LinkageError | IllegalStateException notToBeShared) {
            // What cannot be linked here is loaded as usual.
        }
    }

    private static @Nullable Bundle bundle(List<Bundle> bundles, String jar) {
        return bundles.stream()
                .filter(bundle -> bundle.getLocation().endsWith(jar))
                .findFirst()
                .orElse(null);
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
