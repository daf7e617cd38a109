package org.papertrader.features.internal;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * While signatures are checked, only what the distribution ships and what the feature manager has checked can resolve:
 * a bundle from the deploy folder, or installed or updated by other commands, stays installed and never runs.
 */
final class Admission implements ResolverHookFactory {
    private final Set<BundleRevision> admitted =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private volatile boolean isClosed;

    /** Lets the bundle, as it is now, run. */
    void admit(Bundle bundle) {
        admitted.add(bundle.adapt(BundleRevision.class));
    }

    /** Whether the bundle, as it is now, cannot run. */
    boolean keepsOut(Bundle bundle) {
        return isClosed && !admitted.contains(bundle.adapt(BundleRevision.class));
    }

    /** Whether whoever is not admitted stays out. What runs already goes on. */
    void close(boolean closed) {
        isClosed = closed;
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return new Doorkeeper();
    }

    private final class Doorkeeper implements ResolverHook {
        @Override
        public void filterResolvable(Collection<BundleRevision> candidates) {
            if (isClosed) {
                candidates.removeIf(
                        candidate -> candidate.getBundle().getBundleId() != 0 && !admitted.contains(candidate));
            }
        }

        @Override
        public void filterSingletonCollisions(
                BundleCapability singleton, Collection<BundleCapability> collisionCandidates) {
            // As the framework finds them.
        }

        @Override
        public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
            // As the framework finds them.
        }

        @Override
        public void end() {
            // Nothing is held.
        }
    }
}
