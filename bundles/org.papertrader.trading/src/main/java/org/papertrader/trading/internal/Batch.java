package org.papertrader.trading.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.Order;
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
import org.papertrader.storage.api.LedgerState.PositionKey;
import org.papertrader.trading.api.OrderListener.EndedOrder;
import org.papertrader.trading.api.OrderOutcome;

/**
 * What the writer decided and the committer stores as a whole, with the answers that wait for it. Filled by the writer,
 * handed over, then owned by the committer.
 */
final class Batch implements Work {
    /** Rows that a merged batch has at most. */
    static final int ROWS_MAX = 5_000;

    final List<OrderRow> newOrders = new ArrayList<>();
    /** Orders that stay open, with a new reason. */
    final List<Order> waiting = new ArrayList<>();

    final List<HoldRow> holds = new ArrayList<>();
    final List<HistoryRow> history = new ArrayList<>();
    final List<Postings> postings = new ArrayList<>();
    final List<AccountView> views = new ArrayList<>();
    final List<EndedOrder> ended = new ArrayList<>();
    final List<Answer<?>> answers = new ArrayList<>();
    private final List<CashRow> cash = new ArrayList<>();
    private final List<PositionRow> positions = new ArrayList<>();
    private final List<AccountState> changedAccounts = new ArrayList<>();
    private final List<PositionState> changedPositions = new ArrayList<>();
    private @Nullable IntervalRow interval;
    private @Nullable Runnable afterCommit;
    private boolean alone;
    private boolean merged;

    /** Postings without number and hash, which the committer gives. */
    record Postings(long orderId, Instant at, List<Posting> postings) {}

    /** The account's row, and view, will be part of this batch. */
    void touch(AccountState account) {
        if (!account.changed) {
            account.changed = true;
            changedAccounts.add(account);
        }
    }

    /** The position's row, and its account's, will be part of this batch. */
    void touch(PositionState position) {
        touch(position.account);
        if (!position.changed) {
            position.changed = true;
            changedPositions.add(position);
        }
    }

    <T> void answer(Command<T> command, T value) {
        answers.add(new Answer<>(command, value));
    }

    /** Stores the row with this batch and tells {@code afterCommit}, on the writer's thread, once it is committed. */
    void interval(IntervalRow row, @Nullable Runnable afterCommit) {
        this.interval = row;
        this.afterCommit = afterCommit;
    }

    @Nullable
    IntervalRow interval() {
        return interval;
    }

    @Nullable
    Runnable afterCommit() {
        return afterCommit;
    }

    boolean isEmpty() {
        return answers.isEmpty() && hasNothingToStore();
    }

    boolean hasNothingToStore() {
        return size() == 0
                && interval == null
                && cash.isEmpty()
                && positions.isEmpty()
                && changedAccounts.isEmpty()
                && changedPositions.isEmpty()
                && holds.isEmpty()
                && history.isEmpty();
    }

    boolean isFull() {
        return size() >= ROWS_MAX || answers.size() >= ROWS_MAX;
    }

    private int size() {
        return newOrders.size() + ended.size() + waiting.size();
    }

    /** Fixes the rows as they are now; the writer's last call before it hands the batch over. */
    void seal() {
        for (AccountState account : changedAccounts) {
            account.changed = false;
            cash.add(account.row());
            views.add(account.view());
        }
        for (PositionState position : changedPositions) {
            position.changed = false;
            positions.add(position.row());
        }
        changedAccounts.clear();
        changedPositions.clear();
    }

    /** It is never merged with others: a slice, or an interval's row. */
    void keepAlone() {
        alone = true;
    }

    /** True when the next batch may become part of this one. */
    boolean canAbsorb(Batch next) {
        return !alone
                && !next.alone
                && size() + next.size() <= ROWS_MAX
                && answers.size() + next.answers.size() <= ROWS_MAX;
    }

    /** Adds the batch that follows this one; of rows that both change, the later count. */
    void absorb(Batch next) {
        newOrders.addAll(next.newOrders);
        waiting.addAll(next.waiting);
        holds.addAll(next.holds);
        history.addAll(next.history);
        postings.addAll(next.postings);
        cash.addAll(next.cash);
        positions.addAll(next.positions);
        views.addAll(next.views);
        merged = true;
        ended.addAll(next.ended);
        answers.addAll(next.answers);
    }

    /** The rows to store, with these orders only and the sealed posting sets. */
    LedgerBatch rows(List<OrderRow> orders, List<PostingSet> sets) {
        return new LedgerBatch(
                orders,
                waiting.stream().map(Batch::waiting).toList(),
                history,
                sets,
                merged ? latest(cash, CashRow::account) : cash,
                merged ? latest(positions, row -> new PositionKey(row.account().value(), row.symbol())) : positions,
                interval,
                holds);
    }

    private static Waiting waiting(Order order) {
        return new Waiting(order.id().value(), Objects.requireNonNull(order.reason(), "an order waits for something"));
    }

    /** Of rows with one key the last. */
    private static <K, R> List<R> latest(List<R> rows, Function<R, K> key) {
        Map<K, R> latest = new LinkedHashMap<>();
        rows.forEach(row -> latest.put(key.apply(row), row));
        return List.copyOf(latest.values());
    }

    /** A commit of orders alone. */
    static LedgerBatch ordersOnly(List<OrderRow> orders) {
        return new LedgerBatch(orders, List.of(), List.of(), List.of(), List.of(), List.of(), null);
    }

    /** Takes these orders and the answers to their commands out of the batch: they were stored long before. */
    List<Command.Submit> takeOut(List<OrderRow> duplicates) {
        Set<Long> ids = new HashSet<>();
        duplicates.forEach(row -> ids.add(row.order().id().value()));
        newOrders.removeIf(row -> ids.contains(row.order().id().value()));
        List<Command.Submit> commands = new ArrayList<>();
        answers.removeIf(answer -> {
            boolean taken = answer.value() instanceof OrderOutcome.Accepted accepted
                    && ids.contains(accepted.order().value());
            if (taken && answer.command() instanceof Command.Submit submit) {
                commands.add(submit);
            }
            return taken;
        });
        return commands;
    }
}
