package org.papertrader.shell.internal;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import org.papertrader.shell.console.Scopes;
import org.papertrader.shell.console.Secrets;

/** The texts of a report. Each is scrubbed again when it is written. */
final class Diagnosis {
    private static final int LOG_BYTES_MAX = 1_000_000;
    private static final int LOG_FILES_MAX = 3;
    private static final int AUDIT_BYTES_MAX = 200_000;
    private static final Set<String> VARIABLES = Set.of("JAVA_HOME", "LANG", "LC_ALL", "TZ", "TERM");
    private static final Pattern PROPERTY = Pattern.compile("(?:java|os|sun|file|native|jdk)\\.[\\w.-]+");
    private static final Set<String> PROPERTIES_NOT = Set.of("sun.java.command", "java.class.path");
    private static final Map<Integer, String> STATES = Map.of(
            Bundle.INSTALLED, "installed",
            Bundle.RESOLVED, "resolved",
            Bundle.STARTING, "starting",
            Bundle.STOPPING, "stopping",
            Bundle.ACTIVE, "active");

    private Diagnosis() {}

    /** What a command says; commands that are not there are left out. */
    static String said(CommandSession session, String command) {
        if (!Scopes.commands(session).contains(command.split(" ", 2)[0])) {
            return "there is no " + command + " here";
        }
        try {
            Object result = session.execute(command);
            return result == null
                    ? ""
                    : session.format(result, Converter.INSPECT).toString();
        } catch (Exception e) {
            // Whatever it fails with belongs into the report.
            return command + ": " + e;
        }
    }

    static String bundles(Bundle... bundles) {
        return Arrays.stream(bundles)
                .map(bundle -> String.format(
                        Locale.ROOT,
                        "%4d %-10s %-60s %s%n",
                        bundle.getBundleId(),
                        STATES.getOrDefault(bundle.getState(), "gone"),
                        bundle.getSymbolicName(),
                        bundle.getVersion()))
                .collect(Collectors.joining());
    }

    /** Components, and what those that do not run wait for. */
    static String components(ServiceComponentRuntime runtime) {
        List<String> lines = new ArrayList<>();
        for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs()) {
            Collection<ComponentConfigurationDTO> instances = runtime.getComponentConfigurationDTOs(description);
            if (instances.isEmpty()) {
                lines.add(description.name + ": no configuration");
            }
            instances.forEach(instance -> lines.add(description.name + ": " + state(instance)));
        }
        return lines.stream().sorted().collect(Collectors.joining("\n"));
    }

    private static String state(ComponentConfigurationDTO instance) {
        String waits = Arrays.stream(instance.unsatisfiedReferences)
                .map((UnsatisfiedReferenceDTO reference) -> reference.name)
                .collect(Collectors.joining(", "));
        return switch (instance.state) {
            case ComponentConfigurationDTO.ACTIVE -> "active";
            case ComponentConfigurationDTO.SATISFIED -> "satisfied";
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> "misses its configuration";
            case ComponentConfigurationDTO.FAILED_ACTIVATION -> "failed: " + firstLine(instance.failure);
            default -> "waits for " + waits;
        };
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }

    /** A configuration without the values of secrets. */
    static String configuration(String pid, Map<String, ?> values) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(entry -> pid + " " + entry.getKey() + " = "
                                + (Secrets.isSecret(entry.getKey()) && !Secrets.isPlace(entry.getKey())
                                        ? "***"
                                        : text(entry.getValue()))
                                + "\n")
                        .collect(Collectors.joining());
    }

    private static String text(Object value) {
        return value instanceof Object[] all ? Arrays.toString(all) : String.valueOf(value);
    }

    static String jvm() {
        StringBuilder text = new StringBuilder();
        // What begins with -D may hold anything; its name says enough.
        ManagementFactory.getRuntimeMXBean().getInputArguments().forEach(argument -> text.append(
                        argument.startsWith("-D") ? argument.replaceAll("=.*", "=...") : argument)
                .append('\n'));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> PROPERTY.matcher(name).matches() && !PROPERTIES_NOT.contains(name))
                .filter(name -> !Secrets.isSecret(name))
                .sorted()
                .forEach(name -> text.append(name)
                        .append(" = ")
                        .append(System.getProperty(name, "").replaceAll("\\s+", " "))
                        .append('\n'));
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            text.append(pool.getName()).append(": ").append(pool.getUsage()).append('\n');
        }
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s: %d collections, %d ms%n",
                    collector.getName(),
                    collector.getCollectionCount(),
                    collector.getCollectionTime()));
        }
        return text.toString();
    }

    /** Variables that are known to be harmless with their values, of the others how many there are. */
    static String environment(Map<String, String> environment) {
        String shown = new TreeMap<>(environment)
                .entrySet().stream()
                        .filter(entry -> VARIABLES.contains(entry.getKey()))
                        .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
                        .collect(Collectors.joining());
        return shown + environment.size() + " variables in all\n";
    }

    /** The ends of the newest log files, and of the audit log. */
    static void logs(Report report, Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(Diagnosis::changed).reversed())
                    .toList();
        }
        for (Path file : files.stream()
                .filter(file -> file.getFileName().toString().startsWith("papertrader"))
                .limit(LOG_FILES_MAX)
                .toList()) {
            report.addEnd("log/" + file.getFileName(), file, LOG_BYTES_MAX);
        }
        for (Path file : files.stream()
                .filter(file -> file.getFileName().toString().equals("audit.log"))
                .toList()) {
            report.addEnd("log/" + file.getFileName(), file, AUDIT_BYTES_MAX);
        }
    }

    private static long changed(Path file) {
        return file.toFile().lastModified();
    }
}
