package org.papertrader.features.internal;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Who uses which services: a gate that holds a provider uses it, so a used service is a served gate. */
final class Uses {
    private static final String SIDE = "side";

    private final BundleContext context;

    Uses(BundleContext context) {
        this.context = context;
    }

    /**
     * One bundle uses a service of a type, on a side.
     *
     * @param side empty where the service names none
     */
    record Use(String type, String side, Bundle user) {
        String what() {
            return "service " + type + (side.isEmpty() ? "" : " at side " + side);
        }
    }

    /** All uses of what a bundle offers, by bundles with components; others come and go as they like. */
    Set<Use> of(Bundle provider) {
        Set<Use> uses = new LinkedHashSet<>();
        ServiceReference<?>[] offered = provider.getRegisteredServices();
        for (ServiceReference<?> service : offered == null ? new ServiceReference<?>[0] : offered) {
            for (Bundle user : users(service)) {
                if (!user.equals(provider) && user.getHeaders("").get("Service-Component") != null) {
                    for (String type : (String[]) service.getProperty(Constants.OBJECTCLASS)) {
                        uses.add(new Use(type, side(service), user));
                    }
                }
            }
        }
        return uses;
    }

    /** Whether the user, if it still runs, uses such a service of one of the providers. */
    boolean isServed(Use use, Predicate<Bundle> providers) {
        if (use.user().getState() != Bundle.ACTIVE) {
            return true;
        }
        try {
            ServiceReference<?>[] services = context.getAllServiceReferences(use.type(), null);
            return services != null
                    && Arrays.stream(services)
                            .filter(service -> side(service).equals(use.side()))
                            .filter(service -> service.getBundle() != null && providers.test(service.getBundle()))
                            .anyMatch(service -> Arrays.asList(users(service)).contains(use.user()));
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Bundle[] users(ServiceReference<?> service) {
        Bundle[] users = service.getUsingBundles();
        return users == null ? new Bundle[0] : users;
    }

    private static String side(ServiceReference<?> service) {
        return Objects.toString(service.getProperty(SIDE), "");
    }
}
