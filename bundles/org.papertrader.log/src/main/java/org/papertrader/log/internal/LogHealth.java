package org.papertrader.log.internal;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.log.front.LogRing;

/** Whether the log is written, and whether entries were lost lately. */
@Component(
        service = HealthCheck.class,
        property = {"hc.name=log", "hc.tags=papertrader"})
public final class LogHealth implements HealthCheck {
    /** For so long a loss is told. */
    private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Supplier<String> trouble;
    private final LongSupplier dropped;
    private final LongSupplier nanos;
    private long lastDropped;
    private long lost;
    private long lostNanos;

    @Activate
    public LogHealth(@Reference FileLog log, @Reference LogRing ring) {
        this(log::trouble, ring::dropped, System::nanoTime);
    }

    LogHealth(Supplier<String> trouble, LongSupplier dropped, LongSupplier nanos) {
        this.trouble = trouble;
        this.dropped = dropped;
        this.nanos = nanos;
        this.lastDropped = dropped.getAsLong();
    }

    @Override
    public synchronized Result execute() {
        noteLosses();
        String now = trouble.get();
        if (!now.isEmpty()) {
            return new Result(
                    Result.Status.CRITICAL,
                    "is not written " + now + "; make room, or set org.papertrader.log:directory"
                            + (lost > 0 ? "; " + lost + " entries are lost" : ""));
        }
        return lost == 0
                ? new Result(Result.Status.OK, "is written")
                : new Result(
                        Result.Status.WARN,
                        lost
                                + " entries were lost within the last minutes: raise"
                                + " org.papertrader.log.front:entriesMax, or levels (log:level)");
    }

    private void noteLosses() {
        long now = nanos.getAsLong();
        long total = dropped.getAsLong();
        if (lost > 0 && now - lostNanos > TELL_NANOS) {
            lost = 0;
        }
        if (total > lastDropped) {
            lost += total - lastDropped;
            lostNanos = now;
            lastDropped = total;
        }
    }
}
