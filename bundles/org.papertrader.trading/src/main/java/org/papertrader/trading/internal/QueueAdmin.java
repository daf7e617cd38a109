package org.papertrader.trading.internal;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.BusyException;
import org.papertrader.gate.Failures;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.gate.UnavailableException;
import org.papertrader.marketdata.api.Prices;
import org.papertrader.model.AccountId;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.shell.text.Failed;
import org.papertrader.storage.api.LedgerBatch.HoldRow;
import org.papertrader.trading.api.CancelOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators do to the queue. Changes go through the one writer like orders do, are stored before a method returns,
 * and are in the log under a logger of their own. Methods wait, and throw {@link Failed} with what to tell the operator.
 */
final class QueueAdmin {
    private static final Logger AUDIT = LoggerFactory.getLogger("org.papertrader.audit.queue");
    private static final long PATIENCE_MILLIS = 2_000;

    private final TradingEngine engine;
    private final LedgerReads reads;
    private final Supplier<TradingSettings> settings;
    private final Clock wall;
    private final Gate<Prices> prices;

    QueueAdmin(
            TradingEngine engine,
            LedgerReads reads,
            Supplier<TradingSettings> settings,
            Clock wall,
            Gate<Prices> prices) {
        this.engine = engine;
        this.reads = reads;
        this.settings = settings;
        this.wall = wall;
        this.prices = prices;
    }

    TradingSettings settings() {
        return settings.get();
    }

    /** How many orders and cancels wait for their answer. */
    int depth() {
        return engine.depth();
    }

    /** The queue at this moment, once it is loaded. */
    QueueStatus status(QueueQuery query) {
        QueueStatus status = glance(query);
        if (!status.known()) {
            throw new Failed("trading is loading, try again");
        }
        return status;
    }

    /** The queue at this moment, even while nothing of it is known. */
    QueueStatus glance(QueueQuery query) {
        return await(engine.inspect(query), PATIENCE_MILLIS);
    }

    /** The account of a user. */
    AccountId account(String userName) {
        UserName name = new UserName(userName);
        return await(reads.read(store -> store.account(name)), PATIENCE_MILLIS)
                .orElseThrow(() -> new Failed("there is no user " + name));
    }

    /** An order that is open. */
    Order open(OrderId id) {
        return status(QueueQuery.of(id)).oldest().stream()
                .map(QueueStatus.Queued::order)
                .findFirst()
                .orElseThrow(() -> new Failed("there is no open order " + id));
    }

    /** Holds the orders of an asset, or all; when this returns nothing that is held settles any more. */
    void hold(@Nullable Symbol symbol, String reason) {
        String action = "hold " + what(symbol);
        put(action, new HoldRow(symbol, OrderDesk.stored(wall.instant()), reason));
        AUDIT.info("{}{}", action, because(reason));
    }

    /** Whether there is no such asset, as far as one can tell at this moment. */
    boolean isUnknown(Symbol symbol) {
        Lease<Prices> lease = prices.tryLease();
        if (lease == null) {
            return false;
        }
        try (lease) {
            return !lease.service().isKnown(symbol);
        }
    }

    /** Releases what was held under the same symbol; false when nothing was. */
    boolean release(@Nullable Symbol symbol) {
        String action = "release " + what(symbol);
        boolean released = put(action, new HoldRow(symbol, null, ""));
        AUDIT.info("{}{}", action, released ? "" : ": was not held");
        return released;
    }

    private boolean put(String action, HoldRow row) {
        return change(action, new Command.Hold(row, engine.deadlineNanos()));
    }

    private static String what(@Nullable Symbol symbol) {
        return symbol == null ? "all orders" : symbol.value();
    }

    /** Changes; what came of it without an answer is in the log here, all else is told by the caller. */
    private <T> T change(String action, Command<T> command) {
        try {
            return await(engine.add(command), patience());
        } catch (Failed | IllegalStateException e) {
            AUDIT.info("{}: no answer: {}", action, e.getMessage());
            throw e;
        }
    }

    /** Cancels an open order; says what became of it. */
    String cancel(Order order, String reason) {
        Refusal why = reason.isEmpty()
                ? Refusal.of(ReasonCode.CANCELLED_BY_OPERATOR)
                : Refusal.of(ReasonCode.CANCELLED_BY_OPERATOR, "An operator cancelled the order: " + reason);
        CancelOutcome outcome = change(
                "cancel order " + order.id() + " of account " + order.account(),
                new Command.Cancel(order.account(), order.id(), why, engine.deadlineNanos()));
        if (outcome instanceof CancelOutcome.Refused refused) {
            AUDIT.info(
                    "cancel order {}: refused: {}",
                    order.id(),
                    refused.refusal().code().code());
            throw new Failed(
                    refused.refusal().code() == ReasonCode.OUTCOME_UNKNOWN
                            ? "whether order " + order.id() + " was cancelled is not known; queue:list shows it"
                            : "order " + order.id() + " is not open any more");
        }
        AUDIT.info("cancel order {} of account {}: done{}", order.id(), order.account(), because(reason));
        return "order " + order.id() + " is cancelled";
    }

    private long patience() {
        return settings.get().storagePatience().toMillis() + PATIENCE_MILLIS;
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "" : ", because: " + reason;
    }

    private static <T> T await(CompletableFuture<T> stage, long millis) {
        try {
            return stage.get(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted");
        } catch (TimeoutException e) {
            throw new Failed("trading does not answer; look again whether it was done");
        } catch (ExecutionException e) {
            Throwable cause = Failures.unwrap(e);
            if (cause instanceof UnavailableException || cause instanceof BusyException) {
                throw new Failed("nothing is known to be changed, try again: " + cause.getMessage());
            }
            throw new IllegalStateException(cause);
        }
    }
}
