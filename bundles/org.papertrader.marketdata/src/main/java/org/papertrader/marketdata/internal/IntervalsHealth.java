package org.papertrader.marketdata.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether update intervals go on (VAR-4): the thread that runs them is not stuck. */
@Component(
        service = HealthCheck.class,
        property = {"hc.name=intervals", "hc.tags=papertrader", "hc.tags=live", "side=master"})
public final class IntervalsHealth implements HealthCheck {
    /** As long as an interval may take beyond its time: sources have timeouts. */
    private static final Duration LATE_MAX = Duration.ofSeconds(60);

    private final Supplier<Vitals> vitals;

    @Activate
    public IntervalsHealth(@Reference MarketDataComponent component) {
        this(() -> component.engine().vitals());
    }

    IntervalsHealth(Supplier<Vitals> vitals) {
        this.vitals = vitals;
    }

    @Override
    public Result execute() {
        Vitals now = vitals.get();
        if (!now.ready()) {
            // Not its fault, and a restart would not help: the checks of storage and sources tell.
            return new Result(Result.Status.WARN, "no interval has run yet: interval:show says what is missing");
        }
        Instant next = now.market().nextInterval();
        Duration late = Duration.between(next, now.wall().instant());
        Duration length = now.market().settings().interval();
        if (late.compareTo(length.plus(LATE_MAX)) > 0) {
            return new Result(
                    Result.Status.CRITICAL,
                    "the interval of " + next + " has not ended: thread marketdata-interval is stuck; keep what jstack"
                            + " says, then restart the master");
        }
        if (now.lastFailed()) {
            return new Result(Result.Status.WARN, "the last interval failed and settled nothing: the log says why");
        }
        String text = "every " + length.toMillis() + " ms, the next at " + next;
        return late.compareTo(length) > 0 && late.toSeconds() >= 2
                ? new Result(
                        Result.Status.WARN,
                        text + " is " + late.toSeconds()
                                + " s late: a source or the storage is slow, or raise intervalMs")
                : new Result(Result.Status.OK, text);
    }
}
