package org.papertrader.trading.internal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.AccountId;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.Refusal;
import org.papertrader.model.Side;
import org.papertrader.model.Transaction;
import org.papertrader.model.Transaction.Kind;
import org.papertrader.model.Transaction.TransactionTimes;
import org.papertrader.storage.api.LedgerBatch.HistoryRow;
import org.papertrader.storage.api.LedgerBatch.Posting;
import org.papertrader.storage.api.LedgerBatch.SnapshotPrice;
import org.papertrader.trading.api.OrderListener.EndedOrder;

/** Writes what was decided into a batch: opening deposits, and the ends of orders with their history lines. */
final class Entries {
    /** The market's side of every posting set. */
    private static final long HOUSE = 0;

    private Entries() {}

    /** The account, opened with its starting cash on its first touch. */
    static AccountState openAccount(WorkingCopy copy, AccountId id, Moment moment, Batch batch) {
        AccountState known = copy.account(id);
        if (known != null) {
            return known;
        }
        AccountState account = copy.openAccount(id);
        account.version = 1;
        batch.touch(account);
        Money start = moment.settings().startingCash();
        if (start.isPositive()) {
            account.cash = start.mantissa();
            Instant now = moment.wall();
            Instant market = moment.market() == null ? now : moment.market();
            addHistory(
                    batch,
                    account,
                    new Transaction(
                            ++account.lastHistoryId,
                            Kind.DEPOSIT,
                            null,
                            null,
                            Quantity.ZERO,
                            Price.ZERO,
                            start,
                            OrderStatus.FILLED,
                            null,
                            new TransactionTimes(now, now, now, market, null),
                            ""));
            String currency = moment.settings().currency();
            batch.postings.add(new Batch.Postings(
                    0,
                    now,
                    List.of(
                            new Posting(HOUSE, currency, -account.cash, Money.SCALE),
                            new Posting(id.value(), currency, account.cash, Money.SCALE))));
        }
        return account;
    }

    /** An order that ends without a trade. */
    static void end(Batch batch, OpenOrder order, OrderStatus status, Refusal reason, Instant wall, Instant market) {
        Transaction line = line(order, status, reason, Money.ZERO, wall, market, null);
        finish(batch, order, line);
    }

    /** An order that went through; {@code amount} is price times quantity, {@code effect} what cash changed by. */
    static void fill(Batch batch, OpenOrder order, Fill fill, Moment moment, Instant market) {
        Transaction line =
                line(order, OrderStatus.FILLED, null, new Money(fill.effect()), moment.wall(), market, fill.price());
        TradingSettings settings = moment.settings();
        boolean buy = order.known.side() == Side.BUY;
        long user = order.account.id.value();
        long cash = buy ? -fill.amount() : fill.amount();
        long units = buy ? order.known.quantity() : -order.known.quantity();
        Posting userCash = new Posting(user, settings.currency(), cash, Money.SCALE);
        Posting houseCash = new Posting(HOUSE, settings.currency(), -cash, Money.SCALE);
        Posting userUnits = new Posting(user, order.known.symbol(), units, Quantity.SCALE);
        Posting houseUnits = new Posting(HOUSE, order.known.symbol(), -units, Quantity.SCALE);
        List<Posting> set = fill.fee() == 0
                ? List.of(userCash, houseCash, houseUnits, userUnits)
                : List.of(
                        userCash,
                        houseCash,
                        houseUnits,
                        userUnits,
                        new Posting(user, settings.currency(), -fill.fee(), Money.SCALE),
                        new Posting(HOUSE, settings.currency(), fill.fee(), Money.SCALE));
        batch.postings.add(new Batch.Postings(order.id, moment.wall(), set));
        finish(batch, order, line);
    }

    /** What a fill moves, in money's mantissas. */
    record Fill(SnapshotPrice price, long amount, long fee, long effect) {}

    private static Transaction line(
            OpenOrder order,
            OrderStatus status,
            @Nullable Refusal reason,
            Money effect,
            Instant wall,
            Instant market,
            @Nullable SnapshotPrice price) {
        Order accepted = order.order();
        return new Transaction(
                ++order.account.lastHistoryId,
                accepted.side() == Side.BUY ? Kind.BUY : Kind.SELL,
                accepted.id(),
                accepted.symbol(),
                accepted.quantity(),
                price == null ? Price.ZERO : price.price(),
                effect,
                status,
                reason,
                new TransactionTimes(
                        accepted.times().issued(),
                        accepted.times().accepted(),
                        wall,
                        market,
                        price == null ? null : price.sourceTime()),
                price == null ? "" : price.source());
    }

    private static void finish(Batch batch, OpenOrder order, Transaction line) {
        order.end();
        order.account.version++;
        batch.touch(order.account);
        batch.ended.add(new EndedOrder(order.account.id, line));
        addHistory(batch, order.account, line);
    }

    private static void addHistory(Batch batch, AccountState account, Transaction line) {
        batch.history.add(new HistoryRow(account.id, line));
    }
}
