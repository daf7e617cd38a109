package org.papertrader.trading.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.UnavailableException;
import org.papertrader.marketdata.api.Prices;
import org.papertrader.model.Asset;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.OrderTimes;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Side;
import org.papertrader.storage.api.LedgerBatch.OrderRow;
import org.papertrader.trading.api.CancelOutcome;
import org.papertrader.trading.api.OrderOutcome;
import org.papertrader.trading.api.OrderTicket;

/**
 * Accepts orders and takes them back: idempotency, validation (MST-28), reservation. Decides on the working copy alone;
 * the answer goes into the batch with what it rests on. Writer thread only.
 */
final class OrderDesk {
    private static final Refusal WRONG_CLOCK = Refusal.of(
            ReasonCode.UNAVAILABLE, "This worker's clock is wrong, so it takes no orders; use another worker.");
    private static final Refusal WAITING = Refusal.of(ReasonCode.WAITING_FOR_INTERVAL);

    private final WorkingCopy copy;

    OrderDesk(WorkingCopy copy) {
        this.copy = copy;
    }

    /** Opens the account if it is new; its portfolio and history begin with that. */
    void open(Command.Open command, Moment moment, Batch batch) {
        if (moment.market() == null && copy.account(command.account) == null) {
            command.result.completeExceptionally(new UnavailableException("marketClock"));
            return;
        }
        Entries.openAccount(copy, command.account, moment, batch);
        batch.answer(command, command.account);
    }

    /** Accepts an order or says why not. */
    void submit(Command.Submit command, Moment moment, Batch batch) {
        OrderTicket ticket = command.ticket;
        KnownOrder known = copy.keys.find(
                command.account, ticket.clientOrderId(), command.caller.worker(), command.caller.sequence());
        if (known != null) {
            batch.answer(command, firstAnswer(known, command));
            return;
        }
        if (command.caller.clockAhead() == null) {
            batch.answer(command, new OrderOutcome.Refused(WRONG_CLOCK));
            return;
        }
        Prices prices = moment.prices();
        Instant market = moment.market();
        if (prices == null || market == null) {
            command.result.completeExceptionally(new UnavailableException("marketData"));
            return;
        }
        AccountState account = Entries.openAccount(copy, command.account, moment, batch);
        Check check = check(account, ticket, prices, moment.settings());
        if (check.refusal != null) {
            batch.answer(command, new OrderOutcome.Refused(check.refusal));
        } else {
            batch.answer(command, accept(command, account, check.reserve, moment, market, batch));
        }
    }

    /** Takes an open order back. What is not committed yet nobody can know the number of. */
    void cancel(Command.Cancel command, Moment moment, Batch batch, long committedOrderId) {
        OpenOrder order = copy.openOrder(command.order.value());
        if (order == null || order.id > committedOrderId || !order.account.id.equals(command.account)) {
            // Whether it ended or never was, the reader finds out in the storage.
            batch.answer(command, new CancelOutcome.Refused(Refusal.of(ReasonCode.UNKNOWN_ORDER)));
            return;
        }
        Instant market = moment.market();
        if (market == null) {
            command.result.completeExceptionally(new UnavailableException("marketClock"));
            return;
        }
        copy.close(order);
        Entries.end(batch, order, OrderStatus.CANCELLED, command.reason, moment.wall(), market);
        batch.answer(
                command,
                new CancelOutcome.Cancelled(command.order, new Money(order.account.free()), order.account.version));
    }

    /** Holds orders back or releases them, for every settlement from now on. */
    void hold(Command.Hold command, Batch batch) {
        boolean changed = copy.holds.put(command.row);
        if (changed) {
            batch.holds.add(command.row);
        }
        batch.answer(command, changed);
    }

    /** Undoes an acceptance whose key the storage knew already. */
    void forget(long orderId, Batch batch) {
        OpenOrder order = copy.openOrder(orderId);
        if (order != null) {
            copy.forget(order);
            batch.touch(order.account);
        }
    }

    private OrderOutcome firstAnswer(KnownOrder known, Command.Submit command) {
        boolean sameKey = known.account() == command.account.value()
                && Objects.equals(known.clientOrderId(), command.ticket.clientOrderId());
        AccountState account = copy.account(command.account);
        if (!sameKey || account == null || !known.hasBodyOf(command.ticket)) {
            return new OrderOutcome.Refused(Refusal.of(ReasonCode.DUPLICATE_ORDER_ID));
        }
        long reserved = copy.openOrder(known.id()) == null ? 0 : known.reserved();
        return new OrderOutcome.Accepted(
                new OrderId(known.id()), new Money(reserved), new Money(account.free()), account.version);
    }

    private OrderOutcome accept(
            Command.Submit command, AccountState account, long reserve, Moment moment, Instant market, Batch batch) {
        OrderTicket ticket = command.ticket;
        OrderId id = new OrderId(copy.nextOrderId());
        Instant issued = stored(command.caller.issued());
        Instant corrected = copy.monotonic(
                command.caller.worker(),
                clamped(
                        byOurClock(issued, command.caller.clockAhead()),
                        moment.wall(),
                        moment.settings().stampLagMax()));
        Order order = new Order(
                id,
                account.id,
                ticket.side(),
                ticket.symbol(),
                ticket.quantity(),
                ticket.clientOrderId(),
                new OrderTimes(issued, moment.wall(), market),
                new Money(reserve),
                OrderStatus.OPEN,
                WAITING,
                null);
        OrderRow row = new OrderRow(order, command.caller.worker(), command.caller.sequence(), corrected);
        OpenOrder open = new OpenOrder(row, account, KnownOrder.of(row));
        copy.add(open);
        account.version++;
        batch.touch(account);
        batch.newOrders.add(row);
        return new OrderOutcome.Accepted(id, order.reserved(), new Money(account.free()), account.version);
    }

    /** A time as it is stored. */
    static Instant stored(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant byOurClock(Instant stamp, @Nullable Duration ahead) {
        return ahead == null ? stamp : stored(stamp.minus(ahead));
    }

    private static Instant clamped(Instant stamp, Instant arrival, Duration lagMax) {
        Instant earliest = arrival.minus(lagMax);
        Instant latest = arrival.plus(lagMax);
        return stamp.isBefore(earliest) ? earliest : stamp.isAfter(latest) ? latest : stamp;
    }

    private record Check(@Nullable Refusal refusal, long reserve) {
        static Check refused(ReasonCode code) {
            return new Check(Refusal.of(code), 0);
        }

        static Check refused(ReasonCode code, String text) {
            return new Check(Refusal.of(code, text), 0);
        }
    }

    private static Check check(AccountState account, OrderTicket ticket, Prices prices, TradingSettings settings) {
        if (!ticket.quantity().isPositive()) {
            return Check.refused(ReasonCode.BAD_QUANTITY);
        }
        if (!prices.isKnown(ticket.symbol())) {
            return Check.refused(ReasonCode.UNKNOWN_ASSET, "There is no asset " + ticket.symbol() + ".");
        }
        if (account.openOrders >= settings.openOrdersMax()) {
            return Check.refused(
                    ReasonCode.TOO_MANY_OPEN_ORDERS,
                    "The account has " + account.openOrders + " open orders, as many as allowed.");
        }
        return ticket.side() == Side.BUY
                ? checkBuy(account, ticket, prices.current(ticket.symbol()), settings)
                : checkSell(account, ticket, prices.current(ticket.symbol()));
    }

    private static Check checkBuy(
            AccountState account, OrderTicket ticket, @Nullable Asset asset, TradingSettings settings) {
        if (asset == null) {
            return Check.refused(ReasonCode.NO_PRICE, ticket.symbol() + " has no price yet.");
        }
        if (isTooSmall(ticket, asset)) {
            return tooSmall(ticket, asset);
        }
        long price = asset.bar().close().mantissa();
        long reserve;
        try {
            reserve = Math.addExact(
                    Amounts.withMargin(price, ticket.quantity().mantissa(), settings.reserveMarginPercent()),
                    settings.fee().mantissa());
        } catch (ArithmeticException e) {
            return Check.refused(ReasonCode.AMOUNT_TOO_LARGE);
        }
        if (reserve > account.free()) {
            return Check.refused(
                    ReasonCode.INSUFFICIENT_CASH,
                    ticket.quantity() + " " + ticket.symbol() + " at "
                            + asset.bar().close() + " needs "
                            + new Money(reserve) + " with the reserve of " + settings.reserveMarginPercent()
                            + " %; free cash is " + new Money(account.free()) + ".");
        }
        return new Check(null, reserve);
    }

    private static boolean isTooSmall(OrderTicket ticket, Asset asset) {
        try {
            return Amounts.cost(
                            asset.bar().close().mantissa(), ticket.quantity().mantissa())
                    == 0;
        } catch (ArithmeticException e) {
            // Too large instead; a sale hears of it at its price.
            return false;
        }
    }

    private static Check tooSmall(OrderTicket ticket, Asset asset) {
        return Check.refused(
                ReasonCode.AMOUNT_TOO_SMALL,
                ticket.quantity() + " " + ticket.symbol() + " at " + asset.bar().close() + " rounds to no money.");
    }

    private static Check checkSell(AccountState account, OrderTicket ticket, @Nullable Asset asset) {
        PositionState position = account.position(ticket.symbol());
        long free = position == null ? 0 : position.free();
        if (ticket.quantity().mantissa() > free) {
            return Check.refused(
                    ReasonCode.INSUFFICIENT_POSITION,
                    "Free units of " + ticket.symbol() + " are " + new Quantity(free) + ", asked for were "
                            + ticket.quantity() + ".");
        }
        return asset != null && isTooSmall(ticket, asset) ? tooSmall(ticket, asset) : new Check(null, 0);
    }
}
