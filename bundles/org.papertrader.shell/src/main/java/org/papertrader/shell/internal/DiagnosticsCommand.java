package org.papertrader.shell.internal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.papertrader.shell.console.Secrets;
import org.papertrader.shell.text.Json;
import org.papertrader.shell.text.Size;

/** Shell command {@code diagnostics}: one file for a bug report, without secrets. */
@Component(
        service = DiagnosticsCommand.class,
        property = {"osgi.command.scope=shell", "osgi.command.function=diagnostics"})
public final class DiagnosticsCommand {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final BundleContext context;
    private final StatusCommand status;
    private final ThreadsCommand threads;
    private final Clock clock = Clock.systemUTC();
    private final Collection<ConfigurationAdmin> admins = new CopyOnWriteArrayList<>();
    private final Collection<ServiceComponentRuntime> runtimes = new CopyOnWriteArrayList<>();

    @Activate
    public DiagnosticsCommand(
            BundleContext context, @Reference StatusCommand status, @Reference ThreadsCommand threads) {
        this.context = context;
        this.status = status;
        this.threads = threads;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindAdmin(ConfigurationAdmin admin) {
        admins.add(admin);
    }

    void unbindAdmin(ConfigurationAdmin admin) {
        admins.remove(admin);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindRuntime(ServiceComponentRuntime runtime) {
        runtimes.add(runtime);
    }

    void unbindRuntime(ServiceComponentRuntime runtime) {
        runtimes.remove(runtime);
    }

    /** Writes it, and tells what is in it. */
    @Descriptor("one file for a bug report, without secrets")
    public String diagnostics(CommandSession session, @Descriptor("[FILE]") String... typed) throws IOException {
        TypedWords words = TypedWords.of("diagnostics", typed, Set.of(), 1);
        Path data = Path.of(Objects.toString(context.getProperty("papertrader.data"), "."));
        Path file = words.first().isEmpty()
                ? data.resolve("diagnostics-" + TIME.format(clock.instant()) + ".zip")
                : Path.of(words.first());
        Map<String, Map<String, Object>> configuration = configuration();
        try (Report report =
                new Report(file, new Scrubber(secrets(data, configuration).all()))) {
            write(report, session, data, configuration);
            return told(file, report);
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException(file + " is there already; name another file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private void write(Report report, CommandSession session, Path data, Map<String, Map<String, Object>> configuration)
            throws IOException {
        Map<String, Object> now = status.of(session);
        report.add("status.txt", StatusText.of(now));
        report.add("status.json", Json.text(now));
        report.add("features.txt", Diagnosis.said(session, "feature:list"));
        report.add("bundles.txt", Diagnosis.bundles(context.getBundles()));
        report.add(
                "components.txt", runtimes.stream().map(Diagnosis::components).collect(Collectors.joining("\n")));
        report.add(
                "configuration.txt",
                configuration.entrySet().stream()
                        .map(entry -> Diagnosis.configuration(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining()));
        report.add("environment.txt", Diagnosis.environment(System.getenv()));
        report.add("jvm.txt", Diagnosis.jvm());
        report.add("threads.txt", threads.stacks());
        Path log = data.resolve("log");
        if (Files.isDirectory(log)) {
            Diagnosis.logs(report, log);
        }
    }

    private static String told(Path file, Report report) {
        StringBuilder text = new StringBuilder(file + "\n");
        report.entries()
                .forEach((name, size) ->
                        text.append(String.format(Locale.ROOT, "  %-40s %10s%n", name, new Size(size))));
        return text.append("No secret that this program knows is in it, nor what was typed after commands,\n")
                .append("nor what is logged of logins and accounts. Read it before you send it:\n")
                .append("addresses are in it, and what errors and plugins say may have names.\n")
                .toString();
    }

    /** What components have, by PID. */
    private Map<String, Map<String, Object>> configuration() throws IOException {
        Map<String, Map<String, Object>> all = new TreeMap<>();
        for (ConfigurationAdmin admin : admins) {
            try {
                Configuration[] found = admin.listConfigurations(null);
                for (Configuration one : found == null ? new Configuration[0] : found) {
                    all.put(one.getPid(), values(one.getProperties()));
                }
            } catch (InvalidSyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
        return all;
    }

    private static Map<String, Object> values(Dictionary<String, Object> properties) {
        Map<String, Object> values = new HashMap<>();
        Optional.ofNullable(properties)
                .ifPresent(some -> Collections.list(some.keys()).forEach(key -> values.put(key, some.get(key))));
        return values;
    }

    /** All that is secret, from wherever it is known. */
    private static KnownSecrets secrets(Path data, Map<String, Map<String, Object>> configuration) {
        KnownSecrets secrets = new KnownSecrets();
        configuration.values().forEach(values -> {
            secrets.add(values);
            values.forEach((key, value) -> place(secrets, key, String.valueOf(value)));
        });
        secrets.add(System.getenv());
        secrets.add(System.getProperties().stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, name -> System.getProperty(name, ""))));
        secrets.addFolder(data.resolve("keys"));
        return secrets;
    }

    private static void place(KnownSecrets secrets, String key, String value) {
        if (value.isEmpty()) {
            return;
        }
        if (key.endsWith("File")
                && (Secrets.isSecret(key) || key.toLowerCase(Locale.ROOT).contains("key"))) {
            secrets.addFile(Path.of(value));
        } else if (key.endsWith("Variable")) {
            secrets.add(Map.of("secret", Objects.toString(System.getenv(value), "")));
        }
    }
}
