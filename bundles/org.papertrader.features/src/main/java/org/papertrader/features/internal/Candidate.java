package org.papertrader.features.internal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.feature.Feature;
import org.papertrader.features.internal.FeatureInstaller.Content;

/**
 * A feature that could be installed: all of it was fetched, checked, and is in the store.
 *
 * @param contents its bundles in start order
 */
record Candidate(Chosen chosen, Feature feature, Map<Coordinates, Content> contents) {
    Candidate {
        contents = Collections.unmodifiableMap(new LinkedHashMap<>(contents));
    }

    Coordinates id() {
        return chosen.id();
    }
}
