package org.papertrader.features.internal;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** Finds who would suffer when bundles go. */
final class Dependents {
    private final BundleContext context;

    Dependents(BundleContext context) {
        this.context = context;
    }

    /** Refuses when a bundle that stays, of a feature or not, needs what these give. */
    void refuseLoss(Collection<Bundle> leaving, List<InstalledFeature> others) throws FeatureException {
        Components components = new Components(context);
        for (InstalledFeature other : others) {
            for (Bundle user : other.bundles()) {
                refuseLoss(leaving, user, "feature " + other.name() + " needs it: ", components);
            }
        }
        for (Bundle user : context.getBundles()) {
            refuseLoss(leaving, user, "a bundle that came without a feature needs it: ", components);
        }
    }

    private static void refuseLoss(Collection<Bundle> leaving, Bundle user, String who, Components components)
            throws FeatureException {
        Optional<String> need = leaving.contains(user)
                ? Optional.empty()
                : wire(leaving, user)
                        .or(() -> components.needs(user, List.copyOf(leaving)).map(type -> "service " + type));
        if (need.isPresent()) {
            throw new FeatureException(who + user.getSymbolicName() + " uses " + need.get());
        }
    }

    /** Refuses when the feature manager itself would be restarted in the midst of its work. */
    void refuseOwn(Bundle leaving) throws FeatureException {
        Collection<Bundle> restarted = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(FrameworkWiring.class)
                .getDependencyClosure(List.of(leaving));
        if (restarted.contains(context.getBundle())) {
            throw new FeatureException(leaving.getSymbolicName()
                    + " cannot change while the program runs, the feature manager uses it: install the new"
                    + " distribution");
        }
    }

    private static Optional<String> wire(Collection<Bundle> leaving, Bundle user) {
        BundleWiring wiring = user.adapt(BundleWiring.class);
        if (wiring == null) {
            return Optional.empty();
        }
        for (BundleWire wire : wiring.getRequiredWires(null)) {
            if (leaving.contains(wire.getProvider().getBundle())) {
                String namespace = wire.getCapability().getNamespace();
                String kind = namespace.equals("osgi.wiring.package") ? "package" : namespace;
                return Optional.of(
                        kind + " " + wire.getCapability().getAttributes().get(namespace));
            }
        }
        return Optional.empty();
    }
}
