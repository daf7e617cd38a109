package org.papertrader.workermanagement.internal;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.workers.api.WorkerManagement.Census;

/** VAR-2: degraded while fewer workers are connected than there should be, or orders of some are refused. */
@Component(
        service = HealthCheck.class,
        property = {"hc.name=workers", "hc.tags=papertrader", "hc.tags=workers", "side=master"})
public final class WorkersHealth implements HealthCheck {
    private final WorkerDesk desk;

    @Activate
    public WorkersHealth(@Reference WorkerDesk desk) {
        this.desk = desk;
    }

    /** OK, WARN while degraded, TEMPORARILY_UNAVAILABLE while the register is being loaded. */
    @Override
    public Result execute() {
        if (!desk.isLoaded()) {
            return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "the register of workers is not loaded yet");
        }
        Census census = desk.census();
        String text = census.connected() + " of " + census.expected() + " workers are connected"
                + (census.clocksWrong() > 0 ? ", of " + census.clocksWrong() + " the clock is wrong" : "");
        return census.isDegraded()
                ? new Result(Result.Status.WARN, "degraded: " + text + advice(census))
                : new Result(Result.Status.OK, text);
    }

    private static String advice(Census census) {
        return (census.connected() < census.expected()
                        ? "; start the others (worker:list), or set org.papertrader.workermanagement:workersExpected"
                        : "")
                + (census.clocksWrong() > 0 ? "; run NTP there, until then their orders are refused" : "");
    }
}
