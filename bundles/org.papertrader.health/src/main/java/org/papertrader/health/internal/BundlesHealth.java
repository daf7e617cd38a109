package org.papertrader.health.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Whether all bundles run; of two versions of one, one is enough. */
@Component(
        service = HealthCheck.class,
        property = {"hc.name=bundles", "hc.tags=papertrader", "hc.tags=ready"})
public final class BundlesHealth implements HealthCheck {
    private static final String FRAGMENT = "Fragment-Host";
    private static final String LAZY = "Bundle-ActivationPolicy";
    private static final int NAMED_MAX = 5;

    private final BundleContext context;

    @Activate
    public BundlesHealth(BundleContext context) {
        this.context = context;
    }

    @Override
    public Result execute() {
        Map<String, List<Bundle>> byName = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName() != null)
                .collect(Collectors.groupingBy(Bundle::getSymbolicName, TreeMap::new, Collectors.toList()));
        List<Bundle> stopped = byName.values().stream()
                .filter(versions -> versions.stream().noneMatch(BundlesHealth::isRunning))
                .map(versions -> versions.stream()
                        .max(Comparator.comparing(Bundle::getVersion))
                        .orElseThrow())
                .toList();
        if (stopped.isEmpty()) {
            return new Result(Result.Status.OK, byName.size() + " bundles run");
        }
        String names = stopped.stream()
                .limit(NAMED_MAX)
                .map(bundle -> bundle.getSymbolicName() + " (start " + bundle.getBundleId() + ")")
                .collect(Collectors.joining(", "));
        return new Result(
                Result.Status.WARN,
                stopped.size() + " of " + byName.size() + " bundles do not run: " + names
                        + (stopped.size() > NAMED_MAX ? " …" : ""));
    }

    private static boolean isRunning(Bundle bundle) {
        int state = bundle.getState();
        return state == Bundle.ACTIVE
                || (state == Bundle.STARTING && bundle.getHeaders("").get(LAZY) != null)
                || (state == Bundle.RESOLVED && bundle.getHeaders("").get(FRAGMENT) != null);
    }
}
