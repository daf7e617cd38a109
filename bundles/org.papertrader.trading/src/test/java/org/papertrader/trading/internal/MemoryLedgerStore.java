package org.papertrader.trading.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.papertrader.model.AccountId;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.CommitResult;
import org.papertrader.storage.api.LedgerBatch;
import org.papertrader.storage.api.LedgerBatch.CashRow;
import org.papertrader.storage.api.LedgerBatch.HoldRow;
import org.papertrader.storage.api.LedgerBatch.IntervalRow;
import org.papertrader.storage.api.LedgerBatch.OrderRow;
import org.papertrader.storage.api.LedgerBatch.PositionRow;
import org.papertrader.storage.api.LedgerBatch.Posting;
import org.papertrader.storage.api.LedgerBatch.PostingSet;
import org.papertrader.storage.api.LedgerCheck;
import org.papertrader.storage.api.LedgerState;
import org.papertrader.storage.api.LedgerState.PositionKey;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.storage.api.PostingHash;
import org.papertrader.storage.api.StorageException;

/**
 * A ledger in memory that is stricter than a real one: it refuses whatever breaks an invariant of its own, fences, keeps
 * keys unique, knows which commits are synced, and fails on command.
 */
final class MemoryLedgerStore implements LedgerStore {
    /** What to do with a commit. */
    enum Fault {
        NONE,
        /** The connection is lost before anything is written. */
        BEFORE,
        /** It is written, and the connection lost before the answer. */
        AFTER
    }

    /** Names of accounts, shared with what users there are. */
    static final Function<AccountId, UserName> NAMES = id -> new UserName("user" + id.value());

    final AtomicLong epoch = new AtomicLong();
    final List<LedgerBatch> log = new ArrayList<>();
    final List<String> broken = new ArrayList<>();
    final Map<Long, OrderRow> orders = new TreeMap<>();
    final Map<AccountId, CashRow> cash = new TreeMap<>();
    final Map<PositionKey, PositionRow> positions = new HashMap<>();
    final Map<AccountId, List<Transaction>> history = new TreeMap<>();
    final List<PostingSet> postings = new ArrayList<>();
    final Map<Long, IntervalRow> intervals = new TreeMap<>();
    final List<HoldRow> holds = new ArrayList<>();
    /** Whether an order ever waited because it was held. */
    boolean everHeld;

    private final Set<Object> keys = new HashSet<>();
    private final AtomicLong syncs = new AtomicLong();
    /** Unknown users have no number here. */
    long usersMax = 1_000_000;
    /** How many of the newest keys a load tells. */
    int recentKeysMax = 100_000;

    volatile Function<LedgerBatch, Fault> faults = batch -> Fault.NONE;
    volatile Runnable beforeSync = () -> {};
    volatile Runnable beforeLoad = () -> {};
    private byte[] hash = PostingHash.start();
    private int synced;

    private record ClientKey(AccountId account, String id) {}

    private record WorkerKey(UUID worker, long sequence) {}

    /** What is left of it when the process died now. */
    synchronized MemoryLedgerStore afterCrash() {
        return copy(log.size());
    }

    /** What is left of it when the power failed now. */
    synchronized MemoryLedgerStore afterPowerLoss() {
        return copy(synced);
    }

    /** What it was after so many commits. */
    synchronized MemoryLedgerStore copy(int commits) {
        MemoryLedgerStore copy = new MemoryLedgerStore();
        copy.epoch.set(epoch.get());
        copy.recentKeysMax = recentKeysMax;
        log.subList(0, commits).forEach(copy::apply);
        copy.log.addAll(log.subList(0, commits));
        copy.synced = commits;
        return copy;
    }

    synchronized int commits() {
        return log.size();
    }

    synchronized boolean isSynced(OrderId id) {
        return log.subList(0, synced).stream().anyMatch(batch -> batch.newOrders().stream()
                .anyMatch(row -> row.order().id().equals(id)));
    }

    @Override
    public synchronized long takeEpoch() {
        return epoch.incrementAndGet();
    }

    @Override
    public LedgerState load() {
        beforeLoad.run();
        synchronized (this) {
            List<OrderRow> open = orders.values().stream()
                    .filter(row -> row.order().status() == OrderStatus.OPEN)
                    .toList();
            List<OrderRow> ended = new ArrayList<>(orders.values().stream()
                    .filter(row -> row.order().status() != OrderStatus.OPEN)
                    .toList());
            java.util.Collections.reverse(ended);
            return new LedgerState(
                    List.copyOf(cash.values()),
                    List.copyOf(positions.values()),
                    open,
                    ended.subList(0, Math.min(ended.size(), recentKeysMax)),
                    orders.keySet().stream().mapToLong(Long::longValue).max().orElse(0),
                    postings.size(),
                    hash,
                    intervals.keySet().stream().mapToLong(Long::longValue).max().orElse(0),
                    List.copyOf(holds));
        }
    }

    @Override
    public CommitResult commit(long writer, LedgerBatch batch) {
        Fault fault = faults.apply(batch);
        synchronized (this) {
            if (fault == Fault.BEFORE) {
                throw new StorageException("lost before the commit", new java.io.IOException("test"));
            }
            if (writer != epoch.get()) {
                return new CommitResult.Fenced();
            }
            if (batch.newOrders().stream().anyMatch(this::isDuplicate)) {
                return new CommitResult.DuplicateOrder();
            }
            apply(batch);
            log.add(batch);
            if (fault == Fault.AFTER) {
                throw new StorageException("lost after the commit", new java.io.IOException("test"));
            }
            return new CommitResult.Committed();
        }
    }

    @Override
    public void sync() {
        beforeSync.run();
        synchronized (this) {
            synced = log.size();
            syncs.incrementAndGet();
        }
    }

    @Override
    public long syncs() {
        return syncs.get();
    }

    @Override
    public synchronized Optional<Order> order(AccountId account, OrderId id) {
        return Optional.ofNullable(orders.get(id.value())).map(OrderRow::order).filter(order -> order.account()
                .equals(account));
    }

    @Override
    public synchronized List<Order> endedOrders(AccountId account, OrderId before, int limit) {
        List<Order> found = new ArrayList<>(orders.values().stream()
                .map(OrderRow::order)
                .filter(order -> order.account().equals(account)
                        && order.status() != OrderStatus.OPEN
                        && (before == null || order.id().compareTo(before) < 0))
                .toList());
        java.util.Collections.reverse(found);
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }

    @Override
    public synchronized List<Transaction> transactions(AccountId account, long after, int limit) {
        return history.getOrDefault(account, List.of()).stream()
                .filter(line -> line.id() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<AccountId> account(UserName userName) {
        String name = userName.key();
        if (!name.matches("user[1-9][0-9]*") || Long.parseLong(name.substring(4)) > usersMax) {
            return Optional.empty();
        }
        return Optional.of(new AccountId(Long.parseLong(name.substring(4))));
    }

    @Override
    public synchronized LedgerCheck verify() {
        return new LedgerCheck(postings.size(), broken.isEmpty(), String.join("; ", broken));
    }

    @Override
    public synchronized List<IntervalRow> unsettledIntervals() {
        return intervals.values().stream()
                .filter(row -> row.state() != IntervalRow.State.SETTLED)
                .toList();
    }

    private boolean isDuplicate(OrderRow row) {
        return keys.contains(new WorkerKey(row.worker(), row.sequence()))
                || (row.order().clientOrderId() != null
                        && keys.contains(new ClientKey(
                                row.order().account(),
                                row.order().clientOrderId().value())));
    }

    private void apply(LedgerBatch batch) {
        for (OrderRow row : batch.newOrders()) {
            require(orders.put(row.order().id().value(), row) == null, () -> "order number used twice " + row);
            require(row.order().status() == OrderStatus.OPEN, () -> "a new order is not open");
            keys.add(new WorkerKey(row.worker(), row.sequence()));
            if (row.order().clientOrderId() != null) {
                keys.add(new ClientKey(
                        row.order().account(), row.order().clientOrderId().value()));
            }
        }
        batch.history().stream()
                .map(LedgerBatch.HistoryRow::transaction)
                .filter(line -> line.outcome() == OrderStatus.FILLED || line.outcome() == OrderStatus.REJECTED)
                .forEach(line -> require(!isHeld(line.symbol()), () -> "settled while it was held: " + line));
        for (HoldRow row : batch.holds()) {
            holds.removeIf(old -> Objects.equals(old.symbol(), row.symbol()));
            if (row.since() != null) {
                holds.add(row);
            }
        }
        everHeld |=
                batch.waiting().stream().anyMatch(waiting -> waiting.reason().code() == ReasonCode.HELD_BY_OPERATOR);
        batch.waiting().forEach(waiting -> wait(waiting.orderId(), waiting.reason()));
        for (LedgerBatch.HistoryRow row : batch.history()) {
            List<Transaction> lines = history.computeIfAbsent(row.account(), id -> new ArrayList<>());
            require(row.transaction().id() == lines.size() + 1, () -> "a gap in a history: " + row);
            lines.add(row.transaction());
            end(row);
        }
        batch.postingSets().forEach(this::post);
        for (CashRow row : batch.cash()) {
            CashRow before = cash.put(row.account(), row);
            require(row.cash().mantissa() >= 0, () -> "negative cash " + row);
            require(before == null || row.version() >= before.version(), () -> "a version went back " + row);
        }
        for (PositionRow row : batch.positions()) {
            positions.put(new PositionKey(row.account().value(), row.symbol()), row);
            require(row.quantity().mantissa() >= 0, () -> "negative position " + row);
            require(row.costBasis().mantissa() >= 0, () -> "negative cost " + row);
        }
        IntervalRow interval = batch.interval();
        if (interval != null) {
            IntervalRow before = intervals.put(interval.id(), interval);
            require(
                    before == null || before.state().compareTo(interval.state()) < 0,
                    () -> "an interval went back from " + before + " to " + interval);
        }
    }

    private boolean isHeld(Symbol symbol) {
        return symbol != null && holds.stream().anyMatch(hold -> hold.symbol() == null || symbol.equals(hold.symbol()));
    }

    /** How many orders end with a batch. */
    static int ends(LedgerBatch batch) {
        return (int) batch.history().stream()
                .filter(row -> row.transaction().order() != null)
                .count();
    }

    private void end(LedgerBatch.HistoryRow line) {
        Transaction end = line.transaction();
        if (end.order() == null) {
            return;
        }
        OrderRow row = orders.get(end.order().value());
        require(row != null && row.order().status() == OrderStatus.OPEN, () -> "ended twice: " + line);
        require(end.outcome() != OrderStatus.OPEN, () -> "an end that is open");
        Order old = row.order();
        require(old.account().equals(line.account()), () -> "an end in another account's history: " + line);
        Order order = new Order(
                old.id(),
                old.account(),
                old.side(),
                old.symbol(),
                old.quantity(),
                old.clientOrderId(),
                old.times(),
                Money.ZERO,
                end.outcome(),
                end.reason(),
                end.times().completed());
        orders.put(old.id().value(), new OrderRow(order, row.worker(), row.sequence(), row.corrected()));
    }

    private void wait(long id, org.papertrader.model.Refusal reason) {
        OrderRow row = orders.get(id);
        require(row != null && row.order().status() == OrderStatus.OPEN, () -> "waits but is not open: " + id);
        Order old = row.order();
        Order order = new Order(
                old.id(),
                old.account(),
                old.side(),
                old.symbol(),
                old.quantity(),
                old.clientOrderId(),
                old.times(),
                old.reserved(),
                old.status(),
                reason,
                null);
        orders.put(id, new OrderRow(order, row.worker(), row.sequence(), row.corrected()));
    }

    private void post(PostingSet set) {
        require(set.id() == postings.size() + 1, () -> "a gap in the posting sets: " + set.id());
        Map<String, Long> sums = new HashMap<>();
        for (Posting posting : set.postings()) {
            sums.merge(posting.commodity() + "/" + posting.scale(), posting.mantissa(), Math::addExact);
        }
        require(sums.values().stream().allMatch(sum -> sum == 0), () -> "a set does not sum to zero: " + set);
        hash = PostingHash.next(hash, set);
        require(java.util.Arrays.equals(hash, set.hash()), () -> "the running hash breaks at " + set.id());
        postings.add(set);
    }

    private void require(boolean condition, Supplier<String> text) {
        if (!condition) {
            broken.add(text.get());
        }
    }
}
