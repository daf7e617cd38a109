package org.papertrader.features.internal;

import java.util.List;

/** The features that run, in the order in which their defaults count. Any thread may look. */
final class Installed {
    private volatile List<InstalledFeature> features = List.of();

    List<InstalledFeature> get() {
        return features;
    }

    void set(List<InstalledFeature> all) {
        features = List.copyOf(all);
    }
}
