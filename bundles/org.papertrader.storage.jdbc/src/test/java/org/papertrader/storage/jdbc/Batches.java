package org.papertrader.storage.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.papertrader.model.AccountId;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.OrderTimes;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.Transaction.TransactionTimes;
import org.papertrader.storage.api.LedgerBatch;
import org.papertrader.storage.api.LedgerBatch.CashRow;
import org.papertrader.storage.api.LedgerBatch.HistoryRow;
import org.papertrader.storage.api.LedgerBatch.HoldRow;
import org.papertrader.storage.api.LedgerBatch.IntervalRow;
import org.papertrader.storage.api.LedgerBatch.OrderRow;
import org.papertrader.storage.api.LedgerBatch.PositionRow;
import org.papertrader.storage.api.LedgerBatch.Posting;
import org.papertrader.storage.api.LedgerBatch.PostingSet;
import org.papertrader.storage.api.LedgerBatch.Waiting;
import org.papertrader.storage.api.LedgerState;
import org.papertrader.storage.api.PostingHash;

/** Makes batches like a writer would: it numbers posting sets and chains their hashes. */
public final class Batches {
    public static final UUID WORKER = UUID.fromString("fedcba98-7654-4321-8fed-cba987654321");
    public static final Symbol SYMBOL = new Symbol("AAA");
    public static final Instant AT = Instant.parse("2026-03-04T05:06:07.123456Z");
    private static final Quantity QUANTITY = Quantity.parse("1.5");
    private static final Money COST = Money.parse("15.1234");

    private final List<OrderRow> newOrders = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<HistoryRow> history = new ArrayList<>();
    private final List<PostingSet> sets = new ArrayList<>();
    private final List<CashRow> cash = new ArrayList<>();
    private final List<PositionRow> positions = new ArrayList<>();
    private final List<HoldRow> holds = new ArrayList<>();
    private IntervalRow interval;
    private long lastSet;
    private byte[] lastHash = PostingHash.start();

    /** Goes on where the ledger's chain ends. */
    public void follow(LedgerState state) {
        lastSet = state.lastPostingSetId();
        lastHash = state.lastHash();
    }

    /** What was added so far as one batch; the next begins. */
    public LedgerBatch take() {
        LedgerBatch batch = new LedgerBatch(newOrders, waiting, history, sets, cash, positions, interval, holds);
        newOrders.clear();
        waiting.clear();
        history.clear();
        sets.clear();
        cash.clear();
        positions.clear();
        holds.clear();
        interval = null;
        return batch;
    }

    public Batches open(long id, long account) {
        return open(row(id, account, "c" + id));
    }

    public Batches open(OrderRow row) {
        newOrders.add(row);
        return this;
    }

    /** Fills an open order: a history line, postings, cash and position. */
    public Batches fill(long id, long account, long historyId) {
        history.add(new HistoryRow(new AccountId(account), bought(historyId, id)));
        post(
                id,
                new Posting(account, "USD", -COST.mantissa(), Money.SCALE),
                new Posting(0, "USD", COST.mantissa(), Money.SCALE),
                new Posting(account, SYMBOL.value(), QUANTITY.mantissa(), Quantity.SCALE),
                new Posting(0, SYMBOL.value(), -QUANTITY.mantissa(), Quantity.SCALE));
        cash(account, historyId);
        positions.add(position(account));
        return this;
    }

    public Batches wait(Waiting row) {
        waiting.add(row);
        return this;
    }

    public Batches line(long account, Transaction line) {
        history.add(new HistoryRow(new AccountId(account), line));
        return this;
    }

    public Batches post(long orderId, Posting... postings) {
        PostingSet set = PostingHash.seal(lastHash, lastSet + 1, orderId, AT, List.of(postings));
        lastSet = set.id();
        lastHash = set.hash();
        sets.add(set);
        return this;
    }

    public Batches cash(long account, long historyId) {
        cash.add(new CashRow(new AccountId(account), Money.parse("99.5"), historyId, historyId));
        return this;
    }

    public Batches hold(HoldRow row) {
        holds.add(row);
        return this;
    }

    public Batches interval(IntervalRow row) {
        interval = row;
        return this;
    }

    public byte[] lastHash() {
        return lastHash.clone();
    }

    public static OrderRow row(long id, long account, String clientOrderId) {
        return new OrderRow(order(id, account, clientOrderId), WORKER, id, AT.plusNanos(3_000));
    }

    public static Order order(long id, long account, String clientOrderId) {
        return new Order(
                new OrderId(id),
                new AccountId(account),
                Side.BUY,
                SYMBOL,
                QUANTITY,
                clientOrderId == null ? null : new ClientOrderId(clientOrderId),
                times(),
                Money.parse("16"),
                OrderStatus.OPEN,
                null,
                null);
    }

    public static Order filled(long id, long account) {
        Order open = order(id, account, "c" + id);
        return new Order(
                open.id(),
                open.account(),
                open.side(),
                open.symbol(),
                open.quantity(),
                open.clientOrderId(),
                open.times(),
                Money.ZERO,
                OrderStatus.FILLED,
                null,
                AT.plusSeconds(2));
    }

    public static PositionRow position(long account) {
        return new PositionRow(new AccountId(account), SYMBOL, QUANTITY, COST, Money.ZERO);
    }

    public static Transaction bought(long id, long order) {
        return new Transaction(
                id,
                Transaction.Kind.BUY,
                new OrderId(order),
                SYMBOL,
                QUANTITY,
                Price.parse("10.08226666"),
                COST.negated(),
                OrderStatus.FILLED,
                null,
                new TransactionTimes(AT, AT.plusSeconds(1), AT.plusSeconds(2), AT.plusSeconds(3), AT.plusSeconds(4)),
                "replay");
    }

    private static OrderTimes times() {
        return new OrderTimes(AT, AT.plusNanos(1_000), AT.plusNanos(2_000));
    }
}
