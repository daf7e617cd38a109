package org.papertrader.features.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/** Shell commands of scope {@code feature}. */
final class FeatureCommands {
    static final String SCOPE = "feature";
    static final String[] FUNCTIONS = {"list"};

    private static final Map<Integer, String> STATES = Map.of(
            Bundle.UNINSTALLED, "uninstalled",
            Bundle.INSTALLED, "installed",
            Bundle.RESOLVED, "resolved",
            Bundle.STARTING, "starting",
            Bundle.STOPPING, "stopping",
            Bundle.ACTIVE, "active");

    private final Supplier<List<InstalledFeature>> features;

    FeatureCommands(Supplier<List<InstalledFeature>> features) {
        this.features = features;
    }

    /** Lists the installed features with their bundles and the bundles' states. */
    public String list() {
        StringBuilder text = new StringBuilder();
        for (InstalledFeature feature : features.get()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s %s, %d bundles%n",
                    feature.name(),
                    feature.feature().getID().getVersion(),
                    feature.bundles().size()));
            for (Bundle bundle : feature.bundles()) {
                text.append(String.format(
                        Locale.ROOT,
                        "  %3d  %-8s %-45s %s%n",
                        bundle.getBundleId(),
                        state(bundle),
                        bundle.getSymbolicName(),
                        bundle.getVersion()));
            }
        }
        return text.toString().stripTrailing();
    }

    private static String state(Bundle bundle) {
        boolean fragment = bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
        return fragment && bundle.getState() == Bundle.RESOLVED
                ? "fragment"
                : STATES.getOrDefault(bundle.getState(), "unknown");
    }
}
