package org.papertrader.trading.internal;

import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.papertrader.model.Order;
import org.papertrader.model.Refusal;

/** Shell commands of scope {@code queue}. */
public final class QueueCommands {
    static final String SCOPE = "queue";
    static final String[] FUNCTIONS = {"list", "show"};

    private static final long PATIENCE_MILLIS = 2_000;

    private final TradingEngine engine;
    private final Supplier<TradingSettings> settings;

    QueueCommands(TradingEngine engine, Supplier<TradingSettings> settings) {
        this.engine = engine;
        this.settings = settings;
    }

    /** Lists the oldest open orders, at most {@value QueueStatus#ORDERS_MAX}. */
    public String list() {
        QueueStatus status = status();
        StringBuilder text = new StringBuilder();
        for (Order order : status.oldest()) {
            Refusal reason = order.reason();
            text.append(String.format(
                    Locale.ROOT,
                    "%10s  account %-8s %-4s %16s %-16s reserved %14s  %s  %s%n",
                    order.id(),
                    order.account(),
                    order.side(),
                    order.quantity(),
                    order.symbol(),
                    order.reserved(),
                    order.times().accepted(),
                    reason == null ? "" : reason.code().code()));
        }
        return text.append(String.format(
                        Locale.ROOT, "%d of %d open orders%n", status.oldest().size(), status.openOrders()))
                .toString();
    }

    /** Shows the state of the queue and its bounds. */
    public String show() {
        QueueStatus status = status();
        TradingSettings rules = settings.get();
        return String.format(
                Locale.ROOT,
                "state %s%nunder way %d of %d%nopen orders %d, settling %d%nlast stored order %d, batches waiting %d%n"
                        + "reserve margin %d %%, fee %s %s, price age at most %s%n",
                status.phase(),
                engine.depth(),
                rules.queueDepthMax(),
                status.openOrders(),
                status.settling(),
                status.committedOrderId(),
                status.batchesWaiting(),
                rules.reserveMarginPercent(),
                rules.fee(),
                rules.currency(),
                rules.priceAgeMax());
    }

    private QueueStatus status() {
        try {
            return engine.inspect().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("trading does not answer", e);
        }
    }
}
