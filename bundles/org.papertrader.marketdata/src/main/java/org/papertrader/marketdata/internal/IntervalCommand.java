package org.papertrader.marketdata.internal;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands {@code interval:show} and {@code interval:run}. */
@Component(
        service = IntervalCommand.class,
        property = {"osgi.command.scope=interval", "osgi.command.function=show", "osgi.command.function=run"})
public final class IntervalCommand {
    private static final long WAIT_SECONDS = 30;

    private final MarketEngine engine;

    @Activate
    public IntervalCommand(@Reference MarketDataComponent component) {
        this(component.engine());
    }

    IntervalCommand(MarketEngine engine) {
        this.engine = engine;
    }

    /** The last interval, market time and when the next one begins. */
    public String show() {
        return engine.intervalText();
    }

    /** Runs an interval now and shows it. */
    public String run() throws InterruptedException, ExecutionException {
        try {
            engine.runNow().get(WAIT_SECONDS, TimeUnit.SECONDS);
            return engine.intervalText();
        } catch (TimeoutException e) {
            return "still running after " + WAIT_SECONDS + " s";
        }
    }
}
