package org.papertrader.health.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Whether this machine's clock was set: each time it is asked it compares what the clock and the time since start have
 * gone since the last time. It warns of a step for a while, as orders are stamped by the clock.
 */
@Component(
        service = HealthCheck.class,
        configurationPid = "org.papertrader.health.clock",
        property = {"hc.name=clock", "hc.tags=papertrader"})
@Designate(ocd = ClockHealth.Config.class)
public final class ClockHealth implements HealthCheck {
    private final LongSupplier wallMillis;
    private final LongSupplier nanos;
    private final Config config;
    private long lastWall;
    private long lastNanos;
    private long step;
    private long steppedNanos;

    /** What counts as a step. */
    @ObjectClassDefinition(name = "Health: clock", description = "Steps of this machine's clock")
    @interface Config {
        @AttributeDefinition(description = "Milliseconds that the clock may be set by, forth or back", min = "1")
        long stepMaxMs() default 1_000;

        @AttributeDefinition(description = "Milliseconds for which a step is told", min = "1")
        long tellMs() default 600_000;
    }

    @Activate
    public ClockHealth(Config config) {
        this(config, System::currentTimeMillis, System::nanoTime);
    }

    ClockHealth(Config config, LongSupplier wallMillis, LongSupplier nanos) {
        this.config = config;
        this.wallMillis = wallMillis;
        this.nanos = nanos;
        this.lastWall = wallMillis.getAsLong();
        this.lastNanos = nanos.getAsLong();
    }

    @Override
    public synchronized Result execute() {
        long wall = wallMillis.getAsLong();
        long now = nanos.getAsLong();
        long off = wall - lastWall - TimeUnit.NANOSECONDS.toMillis(now - lastNanos);
        lastWall = wall;
        lastNanos = now;
        if (Math.abs(off) > config.stepMaxMs()) {
            step = off;
            steppedNanos = now;
        }
        long ago = TimeUnit.NANOSECONDS.toMillis(now - steppedNanos);
        if (step == 0 || ago > config.tellMs()) {
            step = 0;
            return new Result(Result.Status.OK, "was not set, " + Instant.ofEpochMilli(wall));
        }
        return new Result(
                Result.Status.WARN,
                "was set " + (step < 0 ? "back" : "forth") + " by " + Math.abs(step) + " ms within the last "
                        + Math.max(1, Duration.ofMillis(ago).toSeconds())
                        + " s: let NTP slew it; market time waits until the clock has caught up");
    }
}
