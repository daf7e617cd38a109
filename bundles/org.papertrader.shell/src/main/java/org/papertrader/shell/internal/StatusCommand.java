package org.papertrader.shell.internal;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.papertrader.shell.text.Json;
import org.papertrader.shell.text.Size;

/** Shell command {@code status}: the program at a glance. */
@Component(
        service = StatusCommand.class,
        property = {"osgi.command.scope=shell", "osgi.command.function=status"})
public final class StatusCommand {
    private static final String JSON = "--json";
    private static final long ANSWER_MAX_MS = 2_000;
    private static final int LOG_FILES_MAX = 10_000;

    private final BundleContext context;
    private final HealthAnswers health = new HealthAnswers();
    private final Collection<String> ready = new ConcurrentSkipListSet<>();

    @Activate
    public StatusCommand(BundleContext context) {
        this.context = context;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindCheck(HealthCheck check, Map<String, Object> properties) {
        health.add(check, properties);
    }

    void unbindCheck(HealthCheck check) {
        health.remove(check);
    }

    /** What the launcher prints as {@code ready: …}. */
    @Reference(
            service = String.class,
            target = "(papertrader.ready=*)",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindReady(Map<String, Object> properties) {
        ready.add(side(properties));
    }

    void unbindReady(Map<String, Object> properties) {
        ready.remove(side(properties));
    }

    private static String side(Map<String, Object> properties) {
        return properties.get("side") + " on port " + properties.get("papertrader.port");
    }

    /** Shows it. */
    @Descriptor("the program at a glance")
    public String status(CommandSession session, @Descriptor("--json") String... typed) {
        TypedWords words = TypedWords.of("status", typed, Set.of(JSON), 0);
        Map<String, Object> status = of(session);
        return words.has(JSON) ? Json.text(status) : StatusText.of(status);
    }

    /** All of it, in order. */
    Map<String, Object> of(CommandSession session) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("role", property("papertrader.role").orElse("unknown"));
        status.put("version", property("papertrader.version").orElse("unknown"));
        status.put(
                "since",
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime())
                        .truncatedTo(ChronoUnit.SECONDS));
        status.put("upSeconds", up().toSeconds());
        status.put("ready", List.copyOf(ready));
        List<HealthAnswers.Answer> checks = health.ask(ANSWER_MAX_MS);
        Result.Status worst =
                checks.isEmpty() ? Result.Status.OK : checks.get(0).status();
        status.put("health", worst.name().toLowerCase(Locale.ROOT));
        status.put("checks", checks.stream().map(HealthAnswers.Answer::toMap).toList());
        status.putAll(Sections.of(session, ANSWER_MAX_MS));
        log().ifPresent(log -> status.put("log", log));
        disk().ifPresent(disk -> status.put("disk", disk));
        status.put("memory", memory());
        return status;
    }

    static Duration up() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }

    private static Map<String, Object> memory() {
        Runtime runtime = Runtime.getRuntime();
        Map<String, Object> memory = new LinkedHashMap<>();
        memory.put("heapUsed", new Size(runtime.totalMemory() - runtime.freeMemory()));
        memory.put("heapMax", new Size(runtime.maxMemory()));
        resident().ifPresent(size -> memory.put("resident", size));
        memory.put("threads", ManagementFactory.getThreadMXBean().getThreadCount());
        return memory;
    }

    /** What Linux says that the process has in memory. */
    private static Optional<Size> resident() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> new Size(Long.parseLong(line.replaceAll("\\D", "")) * 1024))
                    .findFirst();
        } catch (IOException | NumberFormatException noLinux) {
            return Optional.empty();
        }
    }

    private Optional<Map<String, Object>> disk() {
        try {
            FileStore store = Files.getFileStore(data());
            Map<String, Object> disk = new LinkedHashMap<>();
            disk.put("free", new Size(store.getUsableSpace()));
            disk.put("of", new Size(store.getTotalSpace()));
            return Optional.of(disk);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<Map<String, Object>> log() {
        List<Long> sizes = new ArrayList<>();
        try (Stream<Path> files = Files.list(data().resolve("log"))) {
            for (Path file : files.limit(LOG_FILES_MAX).toList()) {
                sizes.add(Files.size(file));
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("files", sizes.size());
        log.put("size", new Size(sizes.stream().mapToLong(Long::longValue).sum()));
        return Optional.of(log);
    }

    private Path data() {
        return Path.of(property("papertrader.data").orElse("."));
    }

    private Optional<String> property(String name) {
        return Optional.ofNullable(context.getProperty(name));
    }
}
