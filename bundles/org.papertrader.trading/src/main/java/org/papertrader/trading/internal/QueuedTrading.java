package org.papertrader.trading.internal;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Gate;
import org.papertrader.marketdata.api.IntervalParticipant;
import org.papertrader.model.AccountId;
import org.papertrader.model.Asset;
import org.papertrader.model.Caller;
import org.papertrader.model.OrderId;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Session;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.sessions.api.SessionCheck;
import org.papertrader.sessions.api.Sessions;
import org.papertrader.trading.api.CancelOutcome;
import org.papertrader.trading.api.OrderOutcome;
import org.papertrader.trading.api.OrderTicket;
import org.papertrader.trading.api.OrdersOutcome;
import org.papertrader.trading.api.PortfolioOutcome;
import org.papertrader.trading.api.Trading;
import org.papertrader.trading.api.TradingTerms;
import org.papertrader.trading.api.TransactionsOutcome;

/**
 * The master's {@link Trading}: authorizes by the session, puts what changes money into the queue, and reads the rest
 * from what is committed.
 */
final class QueuedTrading implements Trading, TradingTerms, IntervalParticipant {
    private final Gate<Sessions> sessions;
    private final TradingEngine engine;
    private final CommittedReads reads;
    private final Supplier<TradingSettings> settings;

    QueuedTrading(
            Gate<Sessions> sessions, TradingEngine engine, CommittedReads reads, Supplier<TradingSettings> settings) {
        this.sessions = sessions;
        this.engine = engine;
        this.reads = reads;
        this.settings = settings;
    }

    @Override
    public CompletionStage<OrderOutcome> submit(Caller caller, OrderTicket ticket) {
        return authorized(
                caller,
                session -> engine.add(new Command.Submit(session.account(), caller, ticket, engine.deadlineNanos())),
                OrderOutcome.Refused::new);
    }

    @Override
    public CompletionStage<CancelOutcome> cancel(Caller caller, OrderId order) {
        return authorized(caller, session -> cancel(session.account(), order), CancelOutcome.Refused::new);
    }

    @Override
    public CompletionStage<PortfolioOutcome> portfolio(Caller caller, UserName user) {
        return authorized(
                caller,
                session -> session.userName().equals(user)
                        ? ownPortfolio(session)
                        : reads.publicPortfolio(user, settings.get().startingCash()),
                PortfolioOutcome.Refused::new);
    }

    @Override
    public CompletionStage<TransactionsOutcome> transactions(Caller caller, UserName user, long after) {
        return authorized(
                caller,
                session -> session.userName().equals(user)
                        ? opened(session.account()).thenCompose(view -> reads.history(session.account(), after))
                        : reads.publicHistory(user),
                TransactionsOutcome.Refused::new);
    }

    @Override
    public CompletionStage<OrdersOutcome> orders(Caller caller, boolean onlyOpen, @Nullable OrderId before) {
        return authorized(
                caller, session -> reads.orders(session.account(), onlyOpen, before), OrdersOutcome.Refused::new);
    }

    @Override
    public Terms terms() {
        TradingSettings now = settings.get();
        return new Terms(now.startingCash(), now.reserveMarginPercent(), now.fee(), now.openOrdersMax());
    }

    @Override
    public void cut(long intervalId) {
        engine.cut(intervalId);
    }

    @Override
    public void settle(long intervalId, Map<Symbol, Asset> prices, boolean marketOpen) {
        engine.settle(intervalId, prices, marketOpen);
    }

    private CompletionStage<CancelOutcome> cancel(AccountId account, OrderId order) {
        Refusal reason = Refusal.of(ReasonCode.CANCELLED_BY_USER);
        Command.Cancel command = new Command.Cancel(account, order, reason, engine.deadlineNanos());
        return engine.add(command)
                .thenCompose(outcome -> outcome instanceof CancelOutcome.Refused refused
                                && refused.refusal().code() == ReasonCode.UNKNOWN_ORDER
                        ? reads.notOpen(command)
                        : CompletableFuture.completedFuture(outcome));
    }

    private CompletionStage<PortfolioOutcome> ownPortfolio(Session session) {
        return opened(session.account())
                .thenApply(view -> new PortfolioOutcome.Own(reads.value(session.userName(), view)));
    }

    /** What is committed of the account, which is opened by its owner's first look at it. */
    private CompletableFuture<AccountView> opened(AccountId account) {
        AccountView view = reads.view(account);
        if (view != null) {
            return CompletableFuture.completedFuture(view);
        }
        return engine.add(new Command.Open(account, engine.deadlineNanos())).thenApply(id -> {
            AccountView opened = reads.view(id);
            if (opened == null) {
                throw new IllegalStateException("account " + id + " was opened but has no view");
            }
            return opened;
        });
    }

    private <T> CompletionStage<T> authorized(
            Caller caller, Function<Session, CompletionStage<T>> action, Function<Refusal, T> refused) {
        return sessions.callAsync(service -> service.check(caller)).thenCompose(check -> {
            if (check instanceof SessionCheck.Active active) {
                return action.apply(active.session());
            }
            return CompletableFuture.completedFuture(refused.apply(((SessionCheck.Inactive) check).refusal()));
        });
    }
}
