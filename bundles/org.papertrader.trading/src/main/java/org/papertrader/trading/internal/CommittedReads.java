package org.papertrader.trading.internal;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.AccountId;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.Portfolio;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Transaction;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.trading.api.CancelOutcome;
import org.papertrader.trading.api.OrdersOutcome;
import org.papertrader.trading.api.PortfolioOutcome;
import org.papertrader.trading.api.TransactionsOutcome;

/** Answers what changes nothing, from what is committed. Thread-safe. */
final class CommittedReads {
    private final LedgerReads reads;
    private final CommittedViews views;
    private final CommittedOrders orders;
    private final FirstAnswers firstAnswers;
    private final Valuation valuation;

    CommittedReads(
            LedgerReads reads,
            CommittedViews views,
            CommittedOrders orders,
            FirstAnswers firstAnswers,
            Valuation valuation) {
        this.reads = reads;
        this.views = views;
        this.orders = orders;
        this.firstAnswers = firstAnswers;
        this.valuation = valuation;
    }

    /** What is committed of the account, or null when it was never opened. */
    @Nullable
    AccountView view(AccountId account) {
        return views.of(account);
    }

    Portfolio value(UserName owner, AccountView view) {
        return valuation.value(owner, view);
    }

    /** The public part of a portfolio. An account that never traded is worth {@code start}; looking does not open it. */
    CompletionStage<PortfolioOutcome> publicPortfolio(UserName user, Money start) {
        return reads.read((LedgerStore store) -> store.account(user)).thenApply(account -> {
            if (account.isEmpty()) {
                return new PortfolioOutcome.Refused(Refusal.of(ReasonCode.UNKNOWN_USER));
            }
            AccountView view = views.of(account.get());
            Money total = view == null ? start : valuation.value(user, view).totalValue();
            return new PortfolioOutcome.Public(user, total);
        });
    }

    /** The public part of a history is none of it. */
    CompletionStage<TransactionsOutcome> publicHistory(UserName user) {
        return reads.read((LedgerStore store) -> store.account(user))
                .thenApply(account -> new TransactionsOutcome.Refused(
                        Refusal.of(account.isEmpty() ? ReasonCode.UNKNOWN_USER : ReasonCode.NOT_ALLOWED)));
    }

    CompletionStage<TransactionsOutcome> history(AccountId account, long after) {
        int limit = TransactionsOutcome.Page.ROWS_MAX;
        return settled(reads.<List<Transaction>>read(store -> store.transactions(account, after, limit + 1)))
                .thenApply(rows -> new TransactionsOutcome.Page(first(rows, limit), rows.size() > limit));
    }

    CompletionStage<OrdersOutcome> orders(AccountId account, boolean onlyOpen, @Nullable OrderId before) {
        int limit = OrdersOutcome.Page.ROWS_MAX;
        // Looked at before the storage: what ends meanwhile is in both, and none is missed.
        List<Order> open = orders.open(account, before, limit + 1);
        if (onlyOpen) {
            return CompletableFuture.completedFuture(page(open, limit));
        }
        return settled(reads.<List<Order>>read(store -> store.endedOrders(account, before, limit + 1)))
                .thenApply(ended -> page(newestFirst(open, ended), limit));
    }

    private static OrdersOutcome page(List<Order> rows, int limit) {
        return new OrdersOutcome.Page(first(rows, limit), rows.size() > limit);
    }

    /** Of an order that is in both its end counts. */
    private static List<Order> newestFirst(List<Order> open, List<Order> ended) {
        NavigableMap<OrderId, Order> all = new TreeMap<>(Comparator.<OrderId>reverseOrder());
        open.forEach(order -> all.put(order.id(), order));
        ended.forEach(order -> all.put(order.id(), order));
        return List.copyOf(all.values());
    }

    /** The answer to a cancel that met no open order. */
    CompletionStage<CancelOutcome> notOpen(Command.Cancel command) {
        return reads.<Optional<Order>>read(store -> store.order(command.account, command.order))
                .thenApply(stored -> firstAnswers.ended(command, stored));
    }

    /** Holds what was read back until portfolios show it too, so that a user's reads agree with each other. */
    private <R> CompletionStage<R> settled(CompletionStage<R> read) {
        return read.thenCompose(value -> views.caughtUp().thenApply(done -> value));
    }

    private static <R> List<R> first(List<R> rows, int limit) {
        return rows.size() > limit ? rows.subList(0, limit) : rows;
    }
}
