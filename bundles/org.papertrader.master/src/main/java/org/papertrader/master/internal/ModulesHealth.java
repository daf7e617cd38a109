package org.papertrader.master.internal;

import java.time.Duration;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.gate.Gate;

/** Whether all is there that the master needs; what is being exchanged is waited for, as requests wait for it. */
@Component(
        service = HealthCheck.class,
        property = {"hc.name=modules.master", "hc.tags=papertrader", "hc.tags=ready", "side=master"})
public final class ModulesHealth implements HealthCheck {
    private static final Duration SWAP_MAX = Duration.ofMillis(1_500);

    private final List<Gate<?>> gates;

    @Activate
    public ModulesHealth(@Reference RouterComponent router) {
        this(List.of(
                router.modules().accounts(),
                router.modules().sessions(),
                router.modules().trading(),
                router.modules().terms(),
                router.modules().marketData(),
                router.modules().workers(),
                router.modules().codec()));
    }

    ModulesHealth(List<Gate<?>> gates) {
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
