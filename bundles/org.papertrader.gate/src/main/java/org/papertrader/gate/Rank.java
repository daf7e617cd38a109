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
record Rank(int ranking, Version version, long serviceId) implements Comparable<Rank> {
    private static final Comparator<Rank> ORDER = Comparator.comparingInt(Rank::ranking)
            .thenComparing(Rank::version)
            .thenComparing(Comparator.comparingLong(Rank::serviceId).reversed());

    static Rank of(Object service, Map<String, ?> properties) {
        int ranking = properties.get("service.ranking") instanceof Integer value ? value : 0;
        long id = properties.get("service.id") instanceof Long value ? value : Long.MAX_VALUE;
        Bundle bundle = FrameworkUtil.getBundle(service.getClass());
        return new Rank(ranking, bundle == null ? Version.emptyVersion : bundle.getVersion(), id);
    }

    @Override
    public int compareTo(Rank other) {
        return ORDER.compare(this, other);
    }
}
