package org.papertrader.features.internal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureBundle;

/** Brings the bundles of features into the framework: installs all, resolves them together, starts them in order. */
final class FeatureInstaller {
    /** Metadata of a bundle in a feature: its start level; smaller starts earlier and stops later. */
    static final String START_ORDER = "start-order";

    static final int START_ORDER_DEFAULT = 50;
    private static final int START_ORDER_MAX = 90;
    /** How the place of a bundle begins that the feature manager installed. */
    static final String REFERENCE = "reference:";

    private static final int START_TRIES_MAX = 20;
    private static final Duration START_PAUSE = Duration.ofMillis(100);

    private final BundleContext context;
    private final Admission admission;

    FeatureInstaller(BundleContext context, Admission admission) {
        this.context = context;
        this.admission = admission;
    }

    /**
     * A bundle that is to be installed.
     *
     * @param name for messages
     * @param version the bundle's own, which need not be that of its artifact
     */
    record Content(String name, Path file, int startLevel, String symbolicName, Version version) {
        /** Reads what the jar says of itself. */
        static Content of(String name, Path file, int startLevel) throws FeatureException {
            try (JarFile jar = new JarFile(file.toFile(), false)) {
                Manifest manifest = jar.getManifest();
                String symbolic =
                        manifest == null ? null : manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
                if (manifest == null || symbolic == null) {
                    throw new FeatureException(name + " is no OSGi bundle");
                }
                Version version =
                        Version.parseVersion(manifest.getMainAttributes().getValue(Constants.BUNDLE_VERSION));
                return new Content(name, file, startLevel, symbolic.split(";", 2)[0].strip(), version);
            } catch (IOException | IllegalArgumentException e) {
                throw new FeatureException(name + " cannot be read: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Installs and resolves the bundles of all features without starting any.
     *
     * @param features by name, in the order in which they were asked for
     * @param files where the artifacts are
     */
    List<InstalledFeature> install(Map<String, Feature> features, Function<Coordinates, Path> files)
            throws FeatureException {
        Map<Coordinates, Bundle> bundles = new LinkedHashMap<>();
        List<InstalledFeature> installed = new ArrayList<>();
        for (Map.Entry<String, Feature> entry : features.entrySet()) {
            Map<Coordinates, Bundle> own = new LinkedHashMap<>();
            for (FeatureBundle bundle : inStartOrder(entry.getValue().getBundles())) {
                Coordinates id = Coordinates.of(bundle.getID());
                Bundle known = bundles.get(id);
                Bundle present =
                        known != null ? known : install(entry.getKey(), id, files.apply(id), startOrder(bundle));
                bundles.put(id, present);
                own.put(id, present);
            }
            installed.add(new InstalledFeature(entry.getKey(), entry.getValue(), own));
        }
        // All at once: whoever looks into a bundle has it resolved, and one by one that takes several times as long.
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(FrameworkWiring.class)
                .resolveBundles(bundles.values());
        return installed;
    }

    /**
     * Starts the bundles of all features, across features in start order.
     *
     * @param wayOut by name of a feature, what to add to the line when it does not start
     */
    void start(List<InstalledFeature> features, Map<String, String> wayOut) throws FeatureException {
        List<Bundle> bundles = features.stream()
                .flatMap(feature -> feature.bundles().stream())
                .distinct()
                .sorted(Comparator.comparingInt(
                        bundle -> bundle.adapt(BundleStartLevel.class).getStartLevel()))
                .toList();
        for (Bundle bundle : bundles) {
            try {
                startNow(bundle);
            } catch (BundleException e) {
                String hint = features.stream()
                        .filter(feature -> feature.bundles().contains(bundle))
                        .map(feature -> wayOut.getOrDefault(feature.name(), ""))
                        .findFirst()
                        .orElse("");
                throw new FeatureException(
                        bundle.getSymbolicName() + " does not start: " + StartFailure.reason(e) + hint, e);
            }
        }
    }

    /** Installs one bundle. */
    Bundle install(Content content) throws FeatureException {
        try {
            return install(content.file(), content.startLevel());
        } catch (BundleException e) {
            throw new FeatureException(content.name() + " cannot be installed: " + StartFailure.reason(e), e);
        }
    }

    /** What an installed bundle was made of, as long as its file is there. */
    Content contentOf(Bundle bundle) throws FeatureException {
        String place = bundle.getLocation().startsWith(REFERENCE)
                ? bundle.getLocation().substring(REFERENCE.length())
                : bundle.getLocation();
        try {
            Path file = Path.of(URI.create(place));
            return Content.of(
                    bundle.getSymbolicName(),
                    file,
                    bundle.adapt(BundleStartLevel.class).getStartLevel());
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new FeatureException(bundle.getSymbolicName() + " was not installed from a file: " + place, e);
        }
    }

    /** Starts a bundle, unless it is a fragment; tries for a while when the framework is only busy with it. */
    static void startNow(Bundle bundle) throws BundleException {
        if (Probation.isFragment(bundle)) {
            return;
        }
        for (int tries = 1; ; tries++) {
            try {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
                return;
            } catch (BundleException e) {
                if (!StartFailure.isPassing(e) || tries == START_TRIES_MAX) {
                    throw e;
                }
                LockSupport.parkNanos(START_PAUSE.toNanos());
            }
        }
    }

    static List<FeatureBundle> inStartOrder(List<FeatureBundle> bundles) throws FeatureException {
        Map<FeatureBundle, Integer> orders = new LinkedHashMap<>();
        for (FeatureBundle bundle : bundles) {
            orders.put(bundle, startOrder(bundle));
        }
        return orders.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    static int startOrder(FeatureBundle bundle) throws FeatureException {
        Object order = bundle.getMetadata().getOrDefault(START_ORDER, START_ORDER_DEFAULT);
        try {
            int level = Integer.parseInt(order.toString());
            if (level >= 1 && level <= START_ORDER_MAX) {
                return level;
            }
        } catch (NumberFormatException e) {
            throw new FeatureException(bundle.getID() + ": start-order '" + order + "' is no number", e);
        }
        throw new FeatureException(
                bundle.getID() + ": start-order " + order + " is not within 1 to " + START_ORDER_MAX);
    }

    private Bundle install(String feature, Coordinates id, Path file, int startLevel) throws FeatureException {
        if (!Files.isRegularFile(file)) {
            throw new FeatureException("feature " + feature + ": " + id + " is not in the repository");
        }
        try {
            return install(file, startLevel);
        } catch (BundleException e) {
            throw new FeatureException("feature " + feature + ": " + id + " cannot be installed: " + e.getMessage(), e);
        }
    }

    private synchronized Bundle install(Path file, int startLevel) throws BundleException {
        FrameworkStartLevel levels =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkStartLevel.class);
        int usual = levels.getInitialBundleStartLevel();
        // Set afterwards, the framework would look at the bundle once more, later, when it may be gone again.
        levels.setInitialBundleStartLevel(startLevel);
        try {
            // The framework reads the file where it is, instead of copying it at each start.
            Bundle bundle = context.installBundle(REFERENCE + file.toUri());
            admission.admit(bundle);
            return bundle;
        } finally {
            levels.setInitialBundleStartLevel(usual);
        }
    }
}
