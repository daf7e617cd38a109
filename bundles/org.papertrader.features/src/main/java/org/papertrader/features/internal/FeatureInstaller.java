package org.papertrader.features.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureBundle;
import org.osgi.service.feature.ID;

/** Brings the bundles of features into the framework: installs all, resolves them together, starts them in order. */
final class FeatureInstaller {
    /** Metadata of a bundle in a feature: its start level; smaller starts earlier and stops later. */
    static final String START_ORDER = "start-order";

    static final int START_ORDER_DEFAULT = 50;
    private static final int START_ORDER_MAX = 90;

    private final BundleContext context;
    private final MavenLayout repository;

    FeatureInstaller(BundleContext context, MavenLayout repository) {
        this.context = context;
        this.repository = repository;
    }

    /**
     * Installs and resolves the bundles of all features without starting any.
     *
     * @param features by name, in the order in which they were asked for
     */
    List<InstalledFeature> install(Map<String, Feature> features) throws FeatureException {
        Map<ID, Bundle> bundles = new LinkedHashMap<>();
        List<InstalledFeature> installed = new ArrayList<>();
        for (Map.Entry<String, Feature> entry : features.entrySet()) {
            List<Bundle> own = new ArrayList<>();
            for (FeatureBundle bundle : inStartOrder(entry.getValue().getBundles())) {
                Bundle known = bundles.get(bundle.getID());
                Bundle present = known != null ? known : install(entry.getKey(), bundle);
                bundles.put(bundle.getID(), present);
                own.add(present);
            }
            installed.add(new InstalledFeature(entry.getKey(), entry.getValue(), own));
        }
        // All at once: whoever looks into a bundle has it resolved, and one by one that takes several times as long.
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(FrameworkWiring.class)
                .resolveBundles(bundles.values());
        return installed;
    }

    /** Starts the bundles of all features, across features in start order. */
    void start(List<InstalledFeature> features) throws FeatureException {
        List<Bundle> bundles = features.stream()
                .flatMap(feature -> feature.bundles().stream())
                .distinct()
                .sorted(Comparator.comparingInt(
                        bundle -> bundle.adapt(BundleStartLevel.class).getStartLevel()))
                .toList();
        for (Bundle bundle : bundles) {
            if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
                start(bundle);
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

    private static int startOrder(FeatureBundle bundle) throws FeatureException {
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

    private Bundle install(String feature, FeatureBundle wanted) throws FeatureException {
        Path file = repository.file(wanted.getID());
        if (!Files.isRegularFile(file)) {
            throw new FeatureException("feature " + feature + ": " + wanted.getID() + " is not in the repository");
        }
        try {
            // The framework reads the file where it is, instead of copying it at each start.
            Bundle bundle = context.installBundle("reference:" + file.toUri());
            bundle.adapt(BundleStartLevel.class).setStartLevel(startOrder(wanted));
            return bundle;
        } catch (BundleException e) {
            throw new FeatureException(
                    "feature " + feature + ": " + wanted.getID() + " cannot be installed: " + e.getMessage(), e);
        }
    }

    private static void start(Bundle bundle) throws FeatureException {
        try {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        } catch (BundleException e) {
            throw new FeatureException(bundle.getSymbolicName() + " does not start: " + StartFailure.reason(e), e);
        }
    }
}
