package org.papertrader.trading.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;

/** Whether orders are answered and looked at in time: how many wait, and whether one was left out of an interval. */
@Component(
        service = HealthCheck.class,
        configurationPid = "org.papertrader.trading.health",
        property = {"hc.name=queue", "hc.tags=papertrader", "side=master"})
@Designate(ocd = QueueHealth.Config.class)
public final class QueueHealth implements HealthCheck {
    /** The oldest ones are enough to tell. */
    private static final int LOOKED_AT_MAX = 100;

    private static final long ANSWER_MAX_MILLIS = 1_500;
    private static final int PERCENT = 100;

    private final TradingHouse house;
    private final Config config;
    private final Clock clock;

    /** Configuration, PID {@code org.papertrader.trading.health}. */
    @ObjectClassDefinition(name = "Health: trading", description = "When the queue and the storage are worth a warning")
    public @interface Config {
        /** Percent of the bound. */
        @AttributeDefinition(description = "Percent of queueDepthMax from which on it warns", min = "1", max = "100")
        int queueWarnPercent() default 80;

        /** Patience with a settlement. */
        @AttributeDefinition(
                description = "Milliseconds after an interval by which it must have looked at every order",
                min = "1")
        long settleMaxMs() default 30_000;

        /** Slow storage. */
        @AttributeDefinition(description = "Milliseconds of a write and a read from which on it warns", min = "1")
        long storageWarnMs() default 500;
    }

    @Activate
    public QueueHealth(@Reference TradingComponent component, Config config) {
        this(component.house(), config, Clock.systemUTC());
    }

    QueueHealth(TradingHouse house, Config config, Clock clock) {
        this.house = house;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Result execute() {
        int depth = house.depth();
        int bound = house.depthMax();
        if ((long) depth * PERCENT >= (long) bound * config.queueWarnPercent()) {
            return new Result(
                    Result.Status.WARN,
                    depth + " of " + bound + " orders wait for their answer: is the storage slow (queue:show)?"
                            + " else raise org.papertrader.trading:queueDepthMax");
        }
        try {
            QueueStatus status =
                    house.inspect(QueueQuery.oldest(LOOKED_AT_MAX)).get(ANSWER_MAX_MILLIS, TimeUnit.MILLISECONDS);
            return judge(status, depth, bound);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "interrupted");
        } catch (ExecutionException | TimeoutException e) {
            return new Result(Result.Status.WARN, "the queue does not answer; see the check 'trading'");
        }
    }

    private Result judge(QueueStatus status, int depth, int bound) {
        Instant cut = house.lastCut();
        Instant late = clock.instant().minusMillis(config.settleMaxMs());
        List<Instant> left = cut == null || cut.isAfter(late)
                ? List.of()
                : status.oldest().stream()
                        .filter(QueueHealth::isNotLookedAt)
                        .map(order -> order.order().times().accepted())
                        .filter(accepted -> accepted.isBefore(cut))
                        .toList();
        if (!left.isEmpty()) {
            Duration age = Duration.between(Collections.min(left), clock.instant());
            return new Result(
                    Result.Status.WARN,
                    "the last interval has not looked at " + left.size()
                            + (left.size() == LOOKED_AT_MAX ? " or more" : "")
                            + " orders that it should have settled, the oldest " + age.toSeconds()
                            + " s old: queue:show and the log say why");
        }
        return new Result(
                Result.Status.OK,
                depth + " of " + bound + " wait for their answer, "
                        + (status.known() ? status.openOrders() + " are open" : "the open ones are loading"));
    }

    private static boolean isNotLookedAt(QueueStatus.Queued order) {
        Refusal reason = order.why();
        return reason == null || reason.code() == ReasonCode.WAITING_FOR_INTERVAL;
    }
}
