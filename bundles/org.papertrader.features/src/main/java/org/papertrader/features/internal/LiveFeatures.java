package org.papertrader.features.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureBundle;
import org.papertrader.features.internal.FeatureInstaller.Content;
import org.papertrader.features.internal.Probation.Failed;

/**
 * Installs, upgrades and removes features while all else goes on. A change proves itself before it is remembered, and is
 * taken back when it does not. Used by one thread.
 */
final class LiveFeatures {
    /** Also a good bundle may take long to start or stop on a busy machine. */
    private static final long STEP_MIN_MS = 30_000;

    private final BundleContext context;
    private final FeatureFiles files;
    private final FeatureInstaller installer;
    private final Configurations configurations;
    private final FeatureFolder folder;
    private final Installed installed;

    /** {@code installed} are the features that run, in the order in which their defaults count. */
    LiveFeatures(
            BundleContext context,
            FeatureFiles files,
            FeatureInstaller installer,
            Configurations configurations,
            FeatureFolder folder,
            Installed installed) {
        this.context = context;
        this.files = files;
        this.installer = installer;
        this.configurations = configurations;
        this.folder = folder;
        this.installed = installed;
    }

    /** All that could be installed. */
    Catalog catalog() throws FeatureException {
        List<ArtifactRepository> repositories = new ArrayList<>();
        repositories.add(folder.shipped());
        for (String place : settings().repositories()) {
            repositories.add(Catalog.at(place));
        }
        return new Catalog(repositories);
    }

    FeatureSettings settings() throws FeatureException {
        return FeatureSettings.of(configurations.written(FeatureSettings.PID));
    }

    /** Answers what it did, in a line. */
    String install(String name, Consumer<String> progress) throws FeatureException, InterruptedException {
        Catalog.Found found = catalog().find(name, progress);
        for (InstalledFeature present : installed.get()) {
            refuseSame(present.id(), found.id());
        }
        Candidate candidate = candidate(found, progress);
        change("install of " + label(found.id()), null, candidate, progress);
        return "installed " + label(found.id());
    }

    /** A feature goes by its name, also over restarts, so that there is one of a name. */
    private static void refuseSame(Coordinates present, Coordinates wanted) throws FeatureException {
        if (present.key().equals(wanted.key())) {
            throw new FeatureException("feature " + present.artifact() + " is installed, in version "
                    + present.version() + "; feature:upgrade brings another one");
        }
        if (present.artifact().equals(wanted.artifact())) {
            throw new FeatureException("there is a feature " + present.artifact() + " already, " + present.key() + ": "
                    + wanted.key() + " needs another name");
        }
    }

    /** Answers what it did, in a line. */
    String upgrade(String name, Consumer<String> progress) throws FeatureException, InterruptedException {
        Catalog.Found found = catalog().find(name, progress);
        InstalledFeature from = installed.get().stream()
                .filter(present -> present.id().key().equals(found.id().key()))
                .findFirst()
                .orElseThrow(() -> new FeatureException(
                        "feature " + found.id().artifact() + " is not installed; feature:install does that"));
        refuseBackwards(from.id(), found.id(), name);
        Candidate candidate = candidate(found, progress);
        change("upgrade of " + label(from.id()) + " to " + found.id().version(), from, candidate, progress);
        return "upgraded " + from.name() + " from " + from.id().version() + " to "
                + found.id().version();
    }

    private void refuseBackwards(Coordinates from, Coordinates to, String name) throws FeatureException {
        boolean isNamed = name.endsWith(":" + to.version());
        int order = MavenVersion.ORDER.compare(to.version(), from.version());
        if (from.version().equals(to.version()) || (order <= 0 && !isNamed)) {
            throw new FeatureException("feature " + label(from) + " is installed, and no repository has a newer one"
                    + (order < 0 ? "; to go back: feature:upgrade " + to.artifact() + ":" + to.version() : ""));
        }
        if (folder.isOlderThanTheDistribution(to)) {
            throw new FeatureException("feature " + label(to)
                    + " is older than this distribution's, which would be back after a restart: install an older"
                    + " distribution");
        }
    }

    /** Answers what it did, in a line. */
    String remove(String name, Consumer<String> progress) throws FeatureException, InterruptedException {
        InstalledFeature from = named(name);
        if (folder.isOfTheDistribution(from.id())) {
            throw new FeatureException(
                    "feature " + from.name() + " comes with this distribution: it cannot be removed");
        }
        change("removal of " + label(from.id()), from, null, progress);
        return "removed " + label(from.id());
    }

    InstalledFeature named(String name) throws FeatureException {
        return installed.get().stream()
                .filter(present ->
                        present.name().equals(name) || present.id().key().equals(name))
                .findFirst()
                .orElseThrow(() -> new FeatureException("feature " + name + " is not installed"));
    }

    /** What a feature in a repository says. */
    Feature read(Catalog.Found found) throws FeatureException {
        byte[] content = catalog().fetch(found.id(), found.from());
        return read(found.id(), content);
    }

    private Feature read(Coordinates id, byte[] content) throws FeatureException {
        Feature feature = files.read(label(id), new String(content, StandardCharsets.UTF_8));
        Coordinates own = Coordinates.of(feature.getID());
        if (!own.key().equals(id.key()) || !own.version().equals(id.version())) {
            throw new FeatureException("feature " + label(id) + " calls itself " + feature.getID()
                    + ": its id does not fit its place in the repository, " + id.path());
        }
        return feature;
    }

    private Candidate candidate(Catalog.Found found, Consumer<String> progress) throws FeatureException {
        try {
            Candidate candidate = fetched(found);
            progress.accept(
                    "fetched " + label(found.id()) + ": " + candidate.contents().size() + " bundles");
            return candidate;
        } catch (IOException e) {
            throw refused(new FeatureException(label(found.id()) + " cannot be kept: " + e.getMessage(), e));
        } catch (FeatureException e) {
            throw refused(e);
        }
    }

    /** Copies of what is not taken go. */
    private FeatureException refused(FeatureException reason) throws FeatureException {
        try {
            folder.tidy();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
        return reason;
    }

    private Candidate fetched(Catalog.Found found) throws FeatureException, IOException {
        SignatureCheck signatures = new SignatureCheck(settings().pinned());
        Catalog catalog = catalog();
        byte[] text = catalog.fetch(found.id(), found.from());
        Feature feature = read(found.id(), text);
        Map<Coordinates, Content> contents = new LinkedHashMap<>();
        Map<Coordinates, String> hashes = new LinkedHashMap<>();
        for (FeatureBundle bundle : FeatureInstaller.inStartOrder(feature.getBundles())) {
            Coordinates id = Coordinates.of(bundle.getID());
            Store.Stored stored = folder.store().put(id.fileName(), catalog.fetch(id, found.from()));
            // The copy is checked, and the copy is installed.
            signatures.require(id.toString(), stored.file());
            contents.put(id, Content.of(id.toString(), stored.file(), FeatureInstaller.startOrder(bundle)));
            hashes.put(id, stored.sha256());
        }
        String sha256 = folder.store().put(found.id().fileName(), text).sha256();
        return new Candidate(new Chosen(found.id(), sha256, hashes), feature, contents);
    }

    private void change(String what, @Nullable InstalledFeature from, @Nullable Candidate to, Consumer<String> progress)
            throws FeatureException, InterruptedException {
        List<InstalledFeature> before = installed.get();
        List<InstalledFeature> others =
                before.stream().filter(one -> !one.equals(from)).toList();
        Plan plan = Plan.of(from, to, others);
        refuseHarm(plan, others);
        if (to != null) {
            refuseOtherContent(plan, to.chosen());
        }
        configurations.requireGood(FeatureManager.defaults(features(before, from, to)));
        FeatureSettings settings = settings();
        BoundedStep steps = new BoundedStep(Math.max(settings.patienceMs(), STEP_MIN_MS));
        try (Probation probation = new Probation(context, settings.patienceMs(), steps)) {
            folder.journal().begin(what);
            BundleChanges changes = new BundleChanges(context, installer, probation, steps);
            try {
                configurations.standard(FeatureManager.defaults(features(before, from, to)));
                Map<Coordinates, Bundle> bundles = new PlanRun(plan, changes, folder.journal(), progress)
                        .run(to == null ? List.of() : to.contents().keySet());
                progress.accept("watching for " + settings.settleMs() + " ms");
                probation.settle(changes.arrived(), settings.settleMs());
                folder.choose(from == null ? null : from.id(), to == null ? null : to.chosen());
                installed.set(replaced(
                        before,
                        from,
                        to == null ? null : new InstalledFeature(to.id().artifact(), to.feature(), bundles)));
            } catch (BundleException e) {
                throw undone(what, before, changes, problem(e), progress);
            } catch (Failed e) {
                throw undone(what, before, changes, e.problem(), progress);
            } catch (FeatureException e) {
                throw undone(what, before, changes, Problem.lasting(e.line()), progress);
            } catch (IOException | RuntimeException e) {
                // Whatever goes wrong, such as a full disk, must not leave the half of a change behind.
                throw undone(what, before, changes, Problem.lasting(e.toString()), progress);
            }
            conclude(changes, progress);
        } catch (IOException e) {
            throw new FeatureException(what + ": " + e.getMessage(), e);
        }
    }

    /** The change is remembered: what is left of the old goes, and if it cannot, it goes at the next start. */
    private void conclude(BundleChanges changes, Consumer<String> progress)
            throws FeatureException, InterruptedException {
        try {
            folder.journal().decided();
            changes.clear();
            folder.journal().end();
            folder.tidy();
        } catch (BundleException | IOException e) {
            progress.accept("what is left of the old goes at the next start: " + e.getMessage());
        }
    }

    private FeatureException undone(
            String what,
            List<InstalledFeature> before,
            BundleChanges changes,
            Problem problem,
            Consumer<String> progress)
            throws InterruptedException, IOException, FeatureException {
        progress.accept("rolling back");
        boolean isBefore = restoreDefaults(before).isEmpty();
        List<String> left = new ArrayList<>(changes.rollBack());
        if (!isBefore) {
            restoreDefaults(before).ifPresent(left::add);
        }
        installed.set(before.stream().map(one -> one.with(changes::now)).toList());
        folder.journal().end();
        folder.tidy();
        String line = what + " is rolled back: " + problem.line(new Suppliers(this::onDisk));
        return new FeatureException(
                left.isEmpty() ? line : line + "; not all came back (" + String.join("; ", left) + "): restart");
    }

    /** Answers what is wrong when it cannot: what has come may say of a value that it is none, and is about to go. */
    private Optional<String> restoreDefaults(List<InstalledFeature> before) {
        try {
            configurations.standard(FeatureManager.defaults(features(before, null, null)));
            return Optional.empty();
        } catch (FeatureException e) {
            return Optional.of(e.line());
        }
    }

    private static Problem problem(BundleException failure) {
        return new Problem(
                StartFailure.reason(failure), StartFailure.missing(failure).orElse(null), true);
    }

    private List<FolderRepository> onDisk() {
        List<FolderRepository> folders = new ArrayList<>();
        folders.add(folder.shipped());
        try {
            for (String place : settings().repositories()) {
                if (Catalog.at(place) instanceof FolderRepository repository) {
                    folders.add(repository);
                }
            }
        } catch (FeatureException e) {
            // The reason of the failure is worth more than a search in all places.
        }
        return folders;
    }

    /** What is there stays, so it would be another content that runs after the next restart only. */
    private void refuseOtherContent(Plan plan, Chosen wanted) throws FeatureException {
        for (Map.Entry<Coordinates, Bundle> entry : plan.keep().entrySet()) {
            Path present = installer.contentOf(entry.getValue()).file();
            try {
                String sha256 = Checksum.of(Files.readAllBytes(present), "SHA-256");
                if (!sha256.equals(wanted.bundles().get(entry.getKey()))) {
                    throw new FeatureException(entry.getKey()
                            + " runs already, with other content: what is changed needs another version");
                }
            } catch (IOException e) {
                throw new FeatureException(present + " cannot be read: " + e.getMessage(), e);
            }
        }
    }

    private void refuseHarm(Plan plan, List<InstalledFeature> others) throws FeatureException {
        Dependents dependents = new Dependents(context);
        dependents.refuseLoss(new TreeSet<>(plan.retire()), others);
        for (Bundle leaving : plan.retire()) {
            dependents.refuseOwn(leaving);
        }
        for (Plan.Replacement replacement : plan.replace().values()) {
            dependents.refuseOwn(replacement.old());
        }
    }

    private static List<Feature> features(
            List<InstalledFeature> before, @Nullable InstalledFeature from, @Nullable Candidate to) {
        List<Feature> features = new ArrayList<>();
        for (InstalledFeature one : before) {
            if (!one.equals(from)) {
                features.add(one.feature());
            } else if (to != null) {
                features.add(to.feature());
            }
        }
        if (from == null && to != null) {
            features.add(to.feature());
        }
        return features;
    }

    private static List<InstalledFeature> replaced(
            List<InstalledFeature> before, @Nullable InstalledFeature from, @Nullable InstalledFeature to) {
        List<InstalledFeature> after = new ArrayList<>();
        for (InstalledFeature one : before) {
            if (!one.equals(from)) {
                after.add(one);
            } else if (to != null) {
                after.add(to);
            }
        }
        if (from == null && to != null) {
            after.add(to);
        }
        return List.copyOf(after);
    }

    private static String label(Coordinates id) {
        return id.artifact() + " " + id.version();
    }
}
