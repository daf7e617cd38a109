package org.papertrader.features.internal;

import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.service.feature.Feature;

/**
 * A feature whose bundles are in the framework.
 *
 * @param name the name it was asked for by
 * @param feature what its file says
 * @param bundles its bundles in start order
 */
record InstalledFeature(String name, Feature feature, List<Bundle> bundles) {
    InstalledFeature {
        bundles = List.copyOf(bundles);
    }
}
