package org.papertrader.trading.internal;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the one thread that decides on orders answers. */
@Component(
        service = HealthCheck.class,
        property = {"hc.name=trading", "hc.tags=papertrader", "hc.tags=live", "side=master"})
public final class TradingHealth implements HealthCheck {
    private static final long ANSWER_MAX_MILLIS = 1_500;

    private final TradingHouse house;

    @Activate
    public TradingHealth(@Reference TradingComponent component) {
        this(component.house());
    }

    TradingHealth(TradingHouse house) {
        this.house = house;
    }

    @Override
    public Result execute() {
        if (house.isClosed()) {
            return new Result(Result.Status.WARN, "another writer has taken over; trading goes on there");
        }
        try {
            QueueStatus status = house.inspect().get(ANSWER_MAX_MILLIS, TimeUnit.MILLISECONDS);
            return new Result(Result.Status.OK, "answers, state " + status.phase());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "interrupted");
        } catch (ExecutionException | TimeoutException e) {
            return new Result(
                    Result.Status.CRITICAL,
                    "thread trading-writer does not answer: keep what jstack says, then restart the master");
        }
    }
}
