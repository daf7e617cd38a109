package org.papertrader.features.internal;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.osgi.framework.Bundle;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.ID;

/**
 * A feature whose bundles are in the framework.
 *
 * @param name the name it was asked for by
 * @param feature what its file says
 * @param byId its bundles in start order
 */
record InstalledFeature(String name, Feature feature, Map<Coordinates, Bundle> byId) {
    InstalledFeature {
        byId = Collections.unmodifiableMap(new LinkedHashMap<>(byId));
    }

    /** The same, with other bundles for some. */
    InstalledFeature with(UnaryOperator<Bundle> now) {
        Map<Coordinates, Bundle> bundles = new LinkedHashMap<>(byId);
        bundles.replaceAll((id, bundle) -> now.apply(bundle));
        return new InstalledFeature(name, feature, bundles);
    }

    Collection<Bundle> bundles() {
        return byId.values();
    }

    Coordinates id() {
        ID id = feature.getID();
        return Coordinates.feature(id.getGroupId(), id.getArtifactId(), id.getVersion());
    }
}
