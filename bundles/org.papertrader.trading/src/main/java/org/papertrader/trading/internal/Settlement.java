package org.papertrader.trading.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.Money;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.LedgerBatch.IntervalRow;
import org.papertrader.storage.api.LedgerBatch.SnapshotPrice;

/**
 * One interval's orders against its stored snapshot (MST-30), slice by slice. What it decides depends on the snapshot
 * and on the orders alone, so that after a crash it goes on where it was; and on what operators hold back, which leaves
 * an order as it is. Writer thread only.
 */
final class Settlement {
    /** Orders that one slice looks at, those that merely go on waiting included: other orders must get their turn. */
    private static final int LOOKED_AT_MAX = 50_000;

    private static final Refusal WAITING_FOR_PRICE = Refusal.of(ReasonCode.WAITING_FOR_PRICE);
    private static final Refusal MARKET_CLOSED = Refusal.of(ReasonCode.MARKET_CLOSED);

    private final WorkingCopy copy;
    private final IntervalRow interval;
    private final Map<Symbol, SnapshotPrice> prices = new HashMap<>();
    private final List<OpenOrder> orders;
    private int next;

    /** @param interval its row in state SETTLING, committed before */
    Settlement(WorkingCopy copy, IntervalRow interval) {
        this.copy = copy;
        this.interval = interval;
        interval.snapshot().forEach(price -> prices.put(price.symbol(), price));
        this.orders = byAccount(copy.openOrdersUpTo(interval.cut()));
    }

    /**
     * Each account's orders in the order of settling, an account's turn being that of its first order. What becomes of an
     * order depends on its own account alone, and an account whose orders end together is written once.
     */
    private static List<OpenOrder> byAccount(List<OpenOrder> orders) {
        orders.sort(OpenOrder.SETTLING);
        Map<AccountState, List<OpenOrder>> turns = new LinkedHashMap<>();
        for (OpenOrder order : orders) {
            turns.computeIfAbsent(order.account, account -> new ArrayList<>(4)).add(order);
        }
        List<OpenOrder> sorted = new ArrayList<>(orders.size());
        turns.values().forEach(sorted::addAll);
        return sorted;
    }

    long intervalId() {
        return interval.id();
    }

    int left() {
        return orders.size() - next;
    }

    /** Decides the next slice into an empty batch; true when it was the last, which also ends the interval. */
    boolean slice(Moment moment, Batch batch) {
        int limit = Math.min(moment.settings().sliceOrdersMax(), Batch.ROWS_MAX);
        int end = (int) Math.min(orders.size(), (long) next + LOOKED_AT_MAX);
        int changed = 0;
        while (next < end && changed < limit) {
            OpenOrder order = orders.get(next++);
            if (order.isOpen() && decide(order, moment, batch)) {
                changed++;
            }
        }
        if (next < orders.size()) {
            return false;
        }
        batch.interval(in(interval, IntervalRow.State.SETTLED), null);
        return true;
    }

    /** The row in another state. */
    static IntervalRow in(IntervalRow row, IntervalRow.State state) {
        return new IntervalRow(
                row.id(), row.cut(), row.at(), row.marketTime(), row.marketOpen(), row.snapshot(), state);
    }

    private boolean decide(OpenOrder order, Moment moment, Batch batch) {
        Refusal held = copy.holds.reason(order.order().symbol());
        if (held != null) {
            return keepWaiting(order, held, batch);
        }
        if (!interval.marketOpen()) {
            return keepWaiting(order, MARKET_CLOSED, batch);
        }
        SnapshotPrice price = prices.get(order.order().symbol());
        if (price == null || !price.sourceTime().isAfter(order.order().times().acceptedMarket())) {
            return keepWaiting(order, WAITING_FOR_PRICE, batch);
        }
        Instant market = marketTime(moment.market(), price);
        PositionState position = order.account.position(order.order().symbol());
        Entries.Fill fill;
        try {
            fill = fill(order, position, price, moment.settings().fee().mantissa());
        } catch (ArithmeticException e) {
            copy.close(order);
            Refusal refusal = Refusal.of(ReasonCode.AMOUNT_TOO_LARGE);
            Entries.end(batch, order, OrderStatus.REJECTED, refusal, moment.wall(), market);
            return true;
        }
        copy.close(order);
        if (fill.amount() == 0) {
            // Units for nothing, or nothing for units.
            Refusal refusal = Refusal.of(ReasonCode.AMOUNT_TOO_SMALL);
            Entries.end(batch, order, OrderStatus.REJECTED, refusal, moment.wall(), market);
        } else if (order.account.free() + fill.effect() < 0) {
            Entries.end(batch, order, OrderStatus.REJECTED, tooDear(order, fill), moment.wall(), market);
        } else {
            post(order, position, fill, batch);
            Entries.fill(batch, order, fill, moment, market);
        }
        return true;
    }

    private static boolean keepWaiting(OpenOrder order, Refusal reason, Batch batch) {
        boolean changed = order.waitFor(reason);
        if (changed) {
            batch.waiting.add(order.order());
        }
        return changed;
    }

    /** Nothing goes through before the price that it went through at. */
    private Instant marketTime(@Nullable Instant now, SnapshotPrice price) {
        Instant time = now == null ? interval.marketTime() : now;
        return time.isBefore(price.sourceTime()) ? price.sourceTime() : time;
    }

    /** What a fill would move; throws {@link ArithmeticException} when some number would not fit afterwards. */
    private static Entries.Fill fill(OpenOrder order, @Nullable PositionState position, SnapshotPrice price, long fee) {
        AccountState account = order.account;
        long quantity = order.known.quantity();
        long amount = Amounts.cost(price.price().mantissa(), quantity);
        long effect;
        if (order.known.side() == Side.BUY) {
            effect = Math.negateExact(Math.addExact(amount, fee));
            Math.addExact(position == null ? 0 : position.quantity, quantity);
            Math.addExact(position == null ? 0 : position.costBasis, amount);
        } else {
            PositionState sold = Objects.requireNonNull(position, "a sale is reserved in its position");
            effect = Math.subtractExact(amount, fee);
            Math.addExact(sold.realised, amount - Amounts.costPart(sold.costBasis, quantity, sold.quantity));
        }
        Math.addExact(account.cash, effect);
        return new Entries.Fill(price, amount, fee, effect);
    }

    private static void post(OpenOrder order, @Nullable PositionState known, Entries.Fill fill, Batch batch) {
        AccountState account = order.account;
        PositionState position =
                known == null ? account.openPosition(order.order().symbol()) : known;
        if (order.known.side() == Side.BUY) {
            position.add(order.known.quantity(), fill.amount());
        } else {
            position.take(order.known.quantity(), fill.amount());
        }
        account.cash += fill.effect();
        batch.touch(position);
    }

    private static Refusal tooDear(OpenOrder order, Entries.Fill fill) {
        return Refusal.of(
                ReasonCode.INSUFFICIENT_CASH,
                "At " + fill.price().price() + " the order needs " + new Money(-fill.effect()) + "; reserved were "
                        + new Money(order.reserved) + ", cash free for it is " + new Money(order.account.free())
                        + ".");
    }
}
