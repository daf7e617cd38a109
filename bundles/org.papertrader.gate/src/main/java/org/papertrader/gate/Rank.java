package org.papertrader.gate;

import java.util.Comparator;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.Version;

/**
 * Which provider is preferred: the higher ranking, then the higher bundle version (so that a new version takes over
 * while the old one is still there), then the one registered first.
 */
record Rank(int ranking, String bundle, Version version, long serviceId) implements Comparable<Rank> {
    private static final Comparator<Rank> ORDER = Comparator.comparingInt(Rank::ranking)
            .thenComparing(Rank::version)
            .thenComparing(Comparator.comparingLong(Rank::serviceId).reversed());

    static Rank of(Object service, Map<String, ?> properties) {
        int ranking = properties.get("service.ranking") instanceof Integer value ? value : 0;
        long id = properties.get("service.id") instanceof Long value ? value : Long.MAX_VALUE;
        Bundle bundle = FrameworkUtil.getBundle(service.getClass());
        return bundle == null || bundle.getSymbolicName() == null
                ? new Rank(ranking, "", Version.emptyVersion, id)
                : new Rank(ranking, bundle.getSymbolicName(), bundle.getVersion(), id);
    }

    /** True when this is of a newer version of the bundle that the other is of. */
    boolean supersedes(Rank other) {
        return bundle.equals(other.bundle) && version.compareTo(other.version) > 0;
    }

    @Override
    public int compareTo(Rank other) {
        return ORDER.compare(this, other);
    }
}
