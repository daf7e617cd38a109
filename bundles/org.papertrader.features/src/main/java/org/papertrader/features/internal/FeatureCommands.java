package org.papertrader.features.internal;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.felix.service.command.CommandSession;
import org.osgi.framework.Bundle;
import org.osgi.service.feature.Feature;

/** Shell commands of scope {@code feature}. */
public final class FeatureCommands {
    static final String SCOPE = "feature";
    static final String[] FUNCTIONS = {"list", "info", "install", "upgrade", "remove"};

    private static final String YES = "--yes";
    private static final int WIDTH = 80;
    private static final Map<Integer, String> STATES = Map.of(
            Bundle.UNINSTALLED, "uninstalled",
            Bundle.INSTALLED, "installed",
            Bundle.RESOLVED, "resolved",
            Bundle.STARTING, "starting",
            Bundle.STOPPING, "stopping",
            Bundle.ACTIVE, "active");

    private final Installed installed;
    private final LiveFeatures live;
    private final Work work;

    FeatureCommands(Installed installed, LiveFeatures live, Work work) {
        this.installed = installed;
        this.live = live;
        this.work = work;
    }

    /** Lists the installed features, and those that the repositories have beyond. */
    public String list(String... typed) throws FeatureException {
        Typed words = Typed.of("feature:list", typed, 0);
        JsonArrayBuilder json = Json.createArrayBuilder();
        StringBuilder text = new StringBuilder();
        TreeSet<String> known = new TreeSet<>();
        for (InstalledFeature feature : installed.get()) {
            long idle =
                    feature.bundles().stream().filter(bundle -> !isGood(bundle)).count();
            String state =
                    idle == 0 ? "runs" : idle + " of " + feature.bundles().size() + " bundles do not run";
            text.append(row(feature.name(), feature.id().version(), state));
            json.add(object(feature.name(), feature.id().version(), true)
                    .add("bundles", feature.bundles().size())
                    .add("idle", idle));
            known.add(feature.id().toString());
        }
        StringBuilder trouble = new StringBuilder();
        for (Catalog.Found found :
                live.catalog().features(line -> trouble.append(line).append('\n'))) {
            if (known.add(found.id().toString())) {
                String place = found.from().place();
                text.append(row(found.id().artifact(), found.id().version(), "in " + place));
                json.add(object(found.id().artifact(), found.id().version(), false)
                        .add("in", place));
            }
        }
        return words.json()
                ? json.build().toString()
                : text.append(trouble).toString().stripTrailing();
    }

    /** Shows an installed feature with its bundles and their states, else one in a repository. */
    public String info(String... typed) throws FeatureException {
        Typed words = Typed.of("feature:info", typed, 1);
        if (words.plain().isEmpty()) {
            throw new FeatureException("usage: feature:info NAME [--json]");
        }
        String name = words.plain().get(0);
        for (InstalledFeature feature : installed.get()) {
            if (feature.name().equals(name) || feature.id().key().equals(name)) {
                return words.json() ? asJson(feature) : head(feature.feature(), "installed") + bundles(feature);
            }
        }
        Catalog.Found found = live.catalog().find(name, line -> {});
        Feature feature = live.read(found);
        if (words.json()) {
            JsonArrayBuilder bundles = Json.createArrayBuilder();
            feature.getBundles()
                    .forEach(bundle -> bundles.add(Json.createObjectBuilder()
                            .add("id", Coordinates.of(bundle.getID()).toString())));
            return object(found.id().artifact(), found.id().version(), false)
                    .add("in", found.from().place())
                    .add("bundles", bundles)
                    .build()
                    .toString();
        }
        StringBuilder text =
                new StringBuilder(head(feature, "in " + found.from().place()));
        feature.getBundles()
                .forEach(bundle ->
                        text.append("  ").append(Coordinates.of(bundle.getID())).append('\n'));
        return text.toString().stripTrailing();
    }

    /** Installs a feature, {@code name} or {@code name:version}. */
    public String install(CommandSession session, String name) throws FeatureException, InterruptedException {
        return work.run(progress -> live.install(name, progress), lines(session));
    }

    /** Upgrades a feature to the newest version, or to the one of {@code name:version}. */
    public String upgrade(CommandSession session, String name) throws FeatureException, InterruptedException {
        return work.run(progress -> live.upgrade(name, progress), lines(session));
    }

    /** Removes a feature. */
    public String remove(CommandSession session, String... arguments) throws FeatureException, InterruptedException {
        List<String> names =
                Arrays.stream(arguments).filter(word -> !word.equals(YES)).toList();
        if (names.size() != 1) {
            throw new FeatureException("usage: feature:remove NAME --yes");
        }
        work.awaitOpen(lines(session));
        InstalledFeature feature = live.named(names.get(0));
        if (names.size() == arguments.length) {
            throw new FeatureException("this takes feature " + feature.name() + " with its "
                    + feature.bundles().size() + " bundles away; add " + YES + " to do it");
        }
        return work.run(progress -> live.remove(feature.name(), progress), lines(session));
    }

    private static Consumer<String> lines(CommandSession session) {
        PrintStream console = session.getConsole();
        return line -> {
            console.println(line);
            console.flush();
        };
    }

    private static String head(Feature feature, String where) {
        StringBuilder text = new StringBuilder(
                feature.getID().getArtifactId() + " " + feature.getID().getVersion() + ", " + where + "\n");
        feature.getDescription().ifPresent(description -> Paragraph.append(text, "", description, WIDTH));
        if (!feature.getConfigurations().isEmpty()) {
            TreeSet<String> pids = new TreeSet<>(feature.getConfigurations().keySet());
            Paragraph.append(text, "configures ", String.join(", ", pids), WIDTH);
        }
        return text.toString();
    }

    private static String bundles(InstalledFeature feature) {
        StringBuilder text = new StringBuilder();
        for (Bundle bundle : feature.bundles()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%4d %-9s %-43s %s%n",
                    bundle.getBundleId(),
                    state(bundle),
                    bundle.getSymbolicName(),
                    bundle.getVersion()));
        }
        return text.toString().stripTrailing();
    }

    private static JsonObjectBuilder object(String name, String version, boolean isInstalled) {
        return Json.createObjectBuilder()
                .add("name", name)
                .add("version", version)
                .add("installed", isInstalled);
    }

    private static String asJson(InstalledFeature feature) {
        JsonArrayBuilder bundles = Json.createArrayBuilder();
        feature.byId()
                .forEach((id, bundle) -> bundles.add(Json.createObjectBuilder()
                        .add("id", id.toString())
                        .add("number", bundle.getBundleId())
                        .add("name", bundle.getSymbolicName())
                        .add("version", bundle.getVersion().toString())
                        .add("state", state(bundle))));
        return object(feature.name(), feature.id().version(), true)
                .add("bundles", bundles)
                .build()
                .toString();
    }

    private static String row(String name, String version, String state) {
        return String.format(Locale.ROOT, "%-24s %-18s %s%n", name, version, state);
    }

    private static boolean isGood(Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE
                || (bundle.getState() == Bundle.RESOLVED && Probation.isFragment(bundle));
    }

    private static String state(Bundle bundle) {
        return Probation.isFragment(bundle) && bundle.getState() == Bundle.RESOLVED
                ? "fragment"
                : STATES.getOrDefault(bundle.getState(), "unknown");
    }
}
