package org.papertrader.gateway.internal;

import java.time.Duration;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.gate.Gate;

/** Whether all is there that the gateway needs; what is being exchanged is waited for, as requests wait for it. */
@Component(
        service = HealthCheck.class,
        property = {"hc.name=modules.worker", "hc.tags=papertrader", "hc.tags=ready", "side=worker"})
public final class BackendHealth implements HealthCheck {
    private static final Duration SWAP_MAX = Duration.ofMillis(1_500);

    private final List<Gate<?>> gates;

    @Activate
    public BackendHealth(@Reference Backend backend) {
        this(List.of(
                backend.accounts,
                backend.cache,
                backend.codec,
                backend.facts,
                backend.link,
                backend.marketData,
                backend.sessions,
                backend.trading));
    }

    BackendHealth(List<Gate<?>> gates) {
        this.gates = List.copyOf(gates);
    }

    @Override
    public Result execute() {
        String missing = String.join(", ", Gate.unserved(gates, SWAP_MAX));
        return missing.isEmpty()
                ? new Result(Result.Status.OK, "all " + gates.size() + " are there")
                : new Result(
                        Result.Status.CRITICAL,
                        "there is no " + missing + ": lb shows bundles that do not run, scr:list what they wait for");
    }
}
