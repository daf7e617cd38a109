package org.papertrader.features.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.SatisfiedReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** What Declarative Services says of the components of a bundle; nothing while it is not there. */
final class Components {
    private static final String RUNTIME = "org.osgi.service.component.runtime.ServiceComponentRuntime";

    private final BundleContext context;

    Components(BundleContext context) {
        this.context = context;
    }

    /** Components that do not run, by name, and why. */
    Map<String, Problem> problems(Bundle bundle) {
        ServiceReference<?> reference = context.getServiceReference(RUNTIME);
        return reference == null
                ? Map.of()
                : Described.problems((ServiceComponentRuntime) context.getService(reference), bundle);
    }

    /** The service that a component of {@code user} cannot do without and that only {@code providers} give; or empty. */
    Optional<String> needs(Bundle user, List<Bundle> providers) {
        ServiceReference<?> reference = context.getServiceReference(RUNTIME);
        return reference == null
                ? Optional.empty()
                : Described.needs((ServiceComponentRuntime) context.getService(reference), user, providers);
    }

    /** Apart, so that its types are looked for only once they are there. */
    private static final class Described {
        static Map<String, Problem> problems(ServiceComponentRuntime runtime, Bundle bundle) {
            Map<String, Problem> problems = new LinkedHashMap<>();
            for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs(bundle)) {
                for (ComponentConfigurationDTO state : runtime.getComponentConfigurationDTOs(component)) {
                    problem(bundle, component, state).ifPresent(problem -> problems.put(component.name, problem));
                }
            }
            return problems;
        }

        private static Optional<Problem> problem(
                Bundle bundle, ComponentDescriptionDTO component, ComponentConfigurationDTO state) {
            String name = bundle.getSymbolicName();
            return switch (state.state) {
                case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                    Optional.of(Problem.lasting(
                            name + " does not work: " + component.name + " fails with " + cause(state.failure)));
                case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                    Optional.of(Problem.missing(name, service(component, state.unsatisfiedReferences)));
                case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                    Optional.of(Problem.passing(name + ": " + component.name + " has no configuration"));
                case ComponentConfigurationDTO.SATISFIED ->
                    // One that waits for nobody comes up at once, or not at all, such as when its class is not there.
                    component.immediate
                            ? Optional.of(Problem.passing(
                                    name + " does not work: " + component.name + " does not come up, the log says why"))
                            : Optional.empty();
                default -> Optional.empty();
            };
        }

        private static Missing service(ComponentDescriptionDTO component, UnsatisfiedReferenceDTO[] unsatisfied) {
            for (UnsatisfiedReferenceDTO reference : unsatisfied) {
                for (ReferenceDTO described : component.references) {
                    if (described.name.equals(reference.name)) {
                        String target = reference.target == null ? "" : reference.target;
                        return new Missing(Missing.SERVICE, described.interfaceName, target);
                    }
                }
            }
            return new Missing(Missing.SERVICE, "that " + component.name + " refers to", "");
        }

        /** The last cause of a printed stack trace. */
        private static String cause(String trace) {
            String cause = "an error";
            for (String line : String.valueOf(trace).lines().toList()) {
                if (line.startsWith("Caused by: ")) {
                    cause = line.substring("Caused by: ".length());
                } else if (cause.equals("an error") && !line.isBlank()) {
                    cause = line.strip();
                }
            }
            return cause;
        }

        static Optional<String> needs(ServiceComponentRuntime runtime, Bundle user, List<Bundle> providers) {
            List<Long> ids = providers.stream().map(Bundle::getBundleId).toList();
            for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs(user)) {
                for (ComponentConfigurationDTO state : runtime.getComponentConfigurationDTOs(component)) {
                    for (SatisfiedReferenceDTO bound : state.satisfiedReferences) {
                        for (ReferenceDTO described : component.references) {
                            if (described.name.equals(bound.name)
                                    && described.cardinality.startsWith("1")
                                    && bound.boundServices.length > 0
                                    && List.of(bound.boundServices).stream()
                                            .allMatch(one -> ids.contains(one.bundle))) {
                                return Optional.of(described.interfaceName);
                            }
                        }
                    }
                }
            }
            return Optional.empty();
        }
    }
}
