package org.papertrader.health.internal;

import com.sun.net.httpserver.HttpHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.felix.hc.api.HealthCheck;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Asks the health checks for whoever wants to know, and offers the pages {@code /health}, {@code /health/live} (checks with
 * the tag {@value #LIVE}) and {@code /health/ready} (those with {@value #READY}).
 */
@Component(service = HealthDesk.class, immediate = true, configurationPid = "org.papertrader.health")
@Designate(ocd = HealthConfig.class)
public final class HealthDesk {
    static final String LIVE = "live";
    static final String READY = "ready";

    private static final String PATH = "org.papertrader.http.path";

    private final Clock clock = Clock.systemUTC();
    private final BundleContext context;
    private final HealthConfig config;
    private final Checks checks;
    private final List<ServiceRegistration<HttpHandler>> pages = new ArrayList<>();

    @Activate
    public HealthDesk(BundleContext context, HealthConfig config) {
        this.context = context;
        this.config = config;
        this.checks = new Checks(this::state, clock);
    }

    @Activate
    void publish() {
        page("/health", any -> true);
        page("/health/live", tagged(LIVE));
        page("/health/ready", tagged(READY));
    }

    @Deactivate
    void close() {
        // Unregistering waits for requests under way.
        pages.forEach(ServiceRegistration::unregister);
        checks.close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindCheck(HealthCheck check, Map<String, Object> properties) {
        checks.bind(check, properties);
    }

    void unbindCheck(HealthCheck check, Map<String, Object> properties) {
        checks.unbind(check, properties);
    }

    /** Of all checks, in no order. */
    Set<String> names() {
        return checks.names();
    }

    /** What all checks say. */
    Report all() throws InterruptedException {
        return report(any -> true);
    }

    /** What one check says now, not some seconds ago; empty when there is none of this name. */
    Optional<Answer> one(String name) throws InterruptedException {
        return checks
                .ask(check -> check.getKey().equals(name), Duration.ofMillis(config.timeoutMs()), Duration.ZERO)
                .stream()
                .findFirst();
    }

    private Report report(Predicate<Map.Entry<String, Watched>> wanted) throws InterruptedException {
        return new Report(
                config.role(),
                clock.instant(),
                checks.ask(wanted, Duration.ofMillis(config.timeoutMs()), Duration.ofMillis(config.cacheMs())));
    }

    private void page(String path, Predicate<Map.Entry<String, Watched>> wanted) {
        pages.add(context.registerService(
                HttpHandler.class,
                new HealthPage(() -> report(wanted)),
                FrameworkUtil.asDictionary(Map.of(PATH, path))));
    }

    private static Predicate<Map.Entry<String, Watched>> tagged(String tag) {
        return check -> check.getValue().tags().contains(tag);
    }

    private Checks.Bundle state(long number) {
        Bundle bundle = context.getBundle(number);
        if (bundle == null || bundle.getState() == Bundle.UNINSTALLED) {
            return Checks.Bundle.UNINSTALLED;
        }
        return bundle.getState() == Bundle.ACTIVE ? Checks.Bundle.RUNNING : Checks.Bundle.STOPPED;
    }
}
