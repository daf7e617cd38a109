package org.papertrader.master.internal;

import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.papertrader.gate.Edge;
import org.papertrader.gate.UnavailableException;
import org.papertrader.model.Caller;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Side;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.trading.api.CancelOutcome;
import org.papertrader.trading.api.OrderOutcome;
import org.papertrader.trading.api.OrderTicket;
import org.papertrader.trading.api.OrdersOutcome;
import org.papertrader.trading.api.PortfolioOutcome;
import org.papertrader.trading.api.Trading;
import org.papertrader.trading.api.TransactionsOutcome;
import org.papertrader.workers.api.Workers.WorkerClock;

/**
 * Orders, portfolios and histories. Every order carries an id, its client's or worker and sequence, so each call may be
 * repeated while the trading module is swapped.
 */
final class TradeDesk extends Desk {
    private final WorkerClocks clocks;

    TradeDesk(Modules modules, Supplier<Edge> edge, Clock clock) {
        super(modules, edge, clock);
        clocks = new WorkerClocks(modules.workers());
    }

    @Override
    CompletionStage<Answer> handle(Caller caller, Request request) {
        return switch (request.instruction()) {
            case PURCHASE_ASSET -> order(caller, Side.BUY, (Request.Order) request);
            case SELL_ASSET -> order(caller, Side.SELL, (Request.Order) request);
            case CANCEL_ORDER ->
                trading(t -> t.cancel(caller, ((Request.CancelOrder) request).orderId()), this::cancelled);
            case GET_USER_PORTFOLIO ->
                trading(t -> t.portfolio(caller, ((Request.GetUserPortfolio) request).userName()), this::portfolio);
            case GET_USER_TRANSACTION_HISTORY -> history(caller, (Request.GetUserTransactionHistory) request);
            case GET_ORDERS -> {
                Request.GetOrders get = (Request.GetOrders) request;
                yield trading(t -> t.orders(caller, get.openOnly(), get.before().orElse(null)), this::orders);
            }
            default -> no(ReasonCode.NOT_ALLOWED);
        };
    }

    private <O> CompletionStage<Answer> trading(
            Function<Trading, CompletionStage<O>> call, Function<O, Answer> answer) {
        return ask(modules.trading(), true, call, answer);
    }

    private CompletionStage<Answer> order(Caller caller, Side side, Request.Order order) {
        OrderTicket ticket = new OrderTicket(
                side, order.symbol(), order.quantity(), order.clientOrderId().orElse(null));
        return trading(t -> t.submit(stamped(caller), ticket), outcome -> accepted(side, outcome));
    }

    /** A worker that has just come is being measured: what it stamped waits, as for a module that is not there. */
    private Caller stamped(Caller caller) {
        WorkerClock clock = clocks.of(caller.worker());
        if (clock instanceof WorkerClock.Unmeasured) {
            throw new UnavailableException("the measure of the worker's clock");
        }
        return caller.withClockAhead(clock instanceof WorkerClock.Ahead ahead ? ahead.offset() : null);
    }

    private static Answer accepted(Side side, OrderOutcome outcome) {
        if (outcome instanceof OrderOutcome.Accepted yes) {
            return new Answer.Yes(
                    side == Side.BUY
                            ? new Return.PurchaseSuccess(yes.order(), yes.reserved(), yes.freeCash(), yes.version())
                            : new Return.SellSuccess(yes.order(), yes.freeCash(), yes.version()));
        }
        return new Answer.No(((OrderOutcome.Refused) outcome).refusal());
    }

    private Answer cancelled(CancelOutcome outcome) {
        return outcome instanceof CancelOutcome.Cancelled done
                ? new Answer.Yes(new Return.CancelSuccess(done.order(), done.freeCash(), done.version()))
                : new Answer.No(((CancelOutcome.Refused) outcome).refusal());
    }

    private Answer portfolio(PortfolioOutcome outcome) {
        if (outcome instanceof PortfolioOutcome.Own own) {
            return new Answer.Data(new Payload.OwnPortfolio(once(), own.portfolio()));
        } else if (outcome instanceof PortfolioOutcome.Public other) {
            return new Answer.Data(new Payload.PublicPortfolio(once(), other.owner(), other.totalValue()));
        }
        return new Answer.No(((PortfolioOutcome.Refused) outcome).refusal());
    }

    private CompletionStage<Answer> history(Caller caller, Request.GetUserTransactionHistory get) {
        return trading(
                t -> t.transactions(caller, get.userName(), get.afterTransactionId()),
                outcome -> outcome instanceof TransactionsOutcome.Page page
                        ? new Answer.Data(new Payload.TransactionPage(
                                once(), get.userName(), true, page.more(), page.transactions()))
                        : new Answer.No(((TransactionsOutcome.Refused) outcome).refusal()));
    }

    private Answer orders(OrdersOutcome outcome) {
        return outcome instanceof OrdersOutcome.Page page
                ? new Answer.Data(new Payload.OrderPage(once(), page.more(), page.orders()))
                : new Answer.No(((OrdersOutcome.Refused) outcome).refusal());
    }
}
