package org.papertrader.metrics.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.SatisfiedReferenceDTO;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.MetricSource;
import org.papertrader.metrics.api.Sample;

/** The program itself: its version, its bundles, and who has which services. */
@Component(service = MetricSource.class)
public final class PlatformSource implements MetricSource {
    private static final String OWN = "org.papertrader.";
    private static final Map<Integer, String> STATES = Map.of(
            Bundle.INSTALLED, "installed",
            Bundle.RESOLVED, "resolved",
            Bundle.STARTING, "starting",
            Bundle.ACTIVE, "active",
            Bundle.STOPPING, "stopping",
            Bundle.UNINSTALLED, "uninstalled");

    private final BundleContext context;
    private final ServiceComponentRuntime components;

    @Activate
    public PlatformSource(BundleContext context, @Reference ServiceComponentRuntime components) {
        this.context = context;
        this.components = components;
    }

    @Override
    public List<MetricFamily> metrics() {
        Bundle[] bundles = context.getBundles();
        return List.of(
                MetricFamily.gauge(
                        "papertrader_build_info",
                        "Always 1; what runs is in the labels.",
                        List.of(Sample.of(
                                Map.of(
                                        "version", property("papertrader.version"),
                                        "role", property("papertrader.role"),
                                        "java", Runtime.version().toString()),
                                1))),
                MetricFamily.gauge("papertrader_bundles", "Bundles by state.", states(bundles)),
                MetricFamily.gauge(
                        "papertrader_bundle_active",
                        "1 for each of the program's own bundles that runs, 0 for others.",
                        own(bundles)),
                MetricFamily.gauge(
                        "papertrader_service_providers",
                        "Providers of each service that may come and go, as its user sees them; some are never there.",
                        services()));
    }

    private String property(String name) {
        return Objects.requireNonNullElse(context.getProperty(name), "");
    }

    private static List<Sample> states(Bundle[] bundles) {
        Map<String, Long> counts = new TreeMap<>();
        STATES.values().forEach(state -> counts.put(state, 0L));
        Arrays.stream(bundles).forEach(bundle -> counts.merge(STATES.get(bundle.getState()), 1L, Long::sum));
        return counts.entrySet().stream()
                .map(state -> Sample.of(Map.of("state", state.getKey()), state.getValue()))
                .toList();
    }

    private static List<Sample> own(Bundle[] bundles) {
        return Arrays.stream(bundles)
                .filter(bundle -> String.valueOf(bundle.getSymbolicName()).startsWith(OWN))
                .filter(bundle -> bundle.getHeaders("").get("Fragment-Host") == null)
                .map(bundle -> Sample.of(
                        Map.of(
                                "bundle", bundle.getSymbolicName(),
                                "version", bundle.getVersion().toString()),
                        bundle.getState() == Bundle.ACTIVE ? 1 : 0))
                .toList();
    }

    /** Two versions of a component beside each other are one user here. */
    private List<Sample> services() {
        Map<Map<String, String>, Long> providers =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs()) {
            List<String> services = Arrays.stream(component.references)
                    .filter(reference -> reference.cardinality.equals("0..n") && reference.policy.equals("dynamic"))
                    .map((ReferenceDTO reference) -> reference.name)
                    .toList();
            if (component.name.startsWith(OWN) && !services.isEmpty()) {
                count(component, services, providers);
            }
        }
        List<Sample> samples = new ArrayList<>();
        providers.forEach((labels, count) -> samples.add(Sample.of(labels, count)));
        return samples;
    }

    private void count(
            ComponentDescriptionDTO component, List<String> services, Map<Map<String, String>, Long> providers) {
        String name = component.name.substring(OWN.length()).replace(".internal", "");
        for (ComponentConfigurationDTO configuration : components.getComponentConfigurationDTOs(component)) {
            if (configuration.state == ComponentConfigurationDTO.ACTIVE) {
                for (SatisfiedReferenceDTO reference : configuration.satisfiedReferences) {
                    if (services.contains(reference.name)) {
                        Map<String, String> labels = new TreeMap<>(Map.of("user", name, "service", reference.name));
                        providers.merge(labels, (long) reference.boundServices.length, Long::sum);
                    }
                }
            }
        }
    }
}
