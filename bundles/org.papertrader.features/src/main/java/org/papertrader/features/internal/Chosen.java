package org.papertrader.features.internal;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A feature that the operator installed or upgraded, as it is remembered over restarts.
 *
 * @param id its coordinates
 * @param sha256 of its file in the store
 * @param bundles its bundles' coordinates, with the SHA-256 of each in the store
 */
record Chosen(Coordinates id, String sha256, Map<Coordinates, String> bundles) {
    Chosen {
        bundles = Map.copyOf(bundles);
    }

    /** All that it needs in the store. */
    Set<String> hashes() {
        Set<String> hashes = new TreeSet<>(bundles.values());
        hashes.add(sha256);
        return hashes;
    }
}
