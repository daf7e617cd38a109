package org.papertrader.features.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.papertrader.features.internal.FeatureInstaller.Content;

/**
 * What a change does to each bundle. What other features name too is shared, and stays.
 *
 * @param keep bundles that are there already
 * @param add bundles that are new, in start order
 * @param replace bundles that take the place of one, in start order
 * @param retire bundles that nobody needs any more, the last started first
 */
record Plan(
        Map<Coordinates, Bundle> keep,
        Map<Coordinates, Content> add,
        Map<Coordinates, Replacement> replace,
        List<Bundle> retire) {

    /** A bundle, and what takes its place. */
    record Replacement(Bundle old, Content content) {}

    /**
     * Compares what is there with what shall be.
     *
     * @param from the feature as it is; null when it is new
     * @param to the feature as it shall be; null when it goes
     */
    static Plan of(@Nullable InstalledFeature from, @Nullable Candidate to, List<InstalledFeature> others)
            throws FeatureException {
        Map<Coordinates, Bundle> old = from == null ? Map.of() : from.byId();
        Map<Coordinates, Content> wanted = to == null ? Map.of() : to.contents();
        Map<Coordinates, Bundle> shared = new LinkedHashMap<>();
        others.forEach(other -> shared.putAll(other.byId()));
        Map<Coordinates, Bundle> keep = new LinkedHashMap<>();
        Map<Coordinates, Content> add = new LinkedHashMap<>();
        Map<Coordinates, Replacement> replace = new LinkedHashMap<>();
        List<Bundle> retire = new ArrayList<>();
        for (Map.Entry<Coordinates, Content> entry : wanted.entrySet()) {
            Coordinates id = entry.getKey();
            Bundle present = old.getOrDefault(id, shared.get(id));
            Optional<Bundle> before = old.entrySet().stream()
                    .filter(one -> one.getKey().key().equals(id.key()))
                    .filter(one -> !wanted.containsKey(one.getKey()) && !shared.containsKey(one.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst();
            if (present != null) {
                keep.put(id, present);
            } else if (before.isPresent()) {
                replace.put(id, new Replacement(before.get(), entry.getValue()));
            } else {
                refuseTwice(id, entry.getValue(), others);
                add.put(id, entry.getValue());
            }
        }
        for (Map.Entry<Coordinates, Bundle> entry : old.entrySet()) {
            boolean stays = keep.containsKey(entry.getKey()) || shared.containsKey(entry.getKey());
            boolean replaced =
                    replace.values().stream().anyMatch(one -> one.old().equals(entry.getValue()));
            if (!stays && !replaced) {
                retire.add(entry.getValue());
            }
        }
        Collections.reverse(retire);
        return new Plan(keep, add, replace, retire);
    }

    /** Libraries may be there in two versions; two of what works by itself would do everything twice. */
    private static void refuseTwice(Coordinates id, Content content, List<InstalledFeature> others)
            throws FeatureException {
        for (InstalledFeature other : others) {
            for (Map.Entry<Coordinates, Bundle> entry : other.byId().entrySet()) {
                if (entry.getKey().key().equals(id.key()) && BundleChanges.canStandBeside(entry.getValue(), content)) {
                    throw new FeatureException(id + " is in feature " + other.name() + " as "
                            + entry.getKey().version() + ": upgrade that feature instead");
                }
            }
        }
    }
}
