package org.papertrader.gateway.internal;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.papertrader.accounts.api.Accounts;
import org.papertrader.accounts.api.Credentials;
import org.papertrader.accounts.api.RegisterOutcome;
import org.papertrader.accounts.api.Registration;
import org.papertrader.accounts.api.UserInfoOutcome;
import org.papertrader.gate.Edge;
import org.papertrader.model.Caller;
import org.papertrader.model.Side;
import org.papertrader.model.UserInfo;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.Payload.Stamp;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.protocol.api.ServerInfo;
import org.papertrader.trading.api.CancelOutcome;
import org.papertrader.trading.api.OrderOutcome;
import org.papertrader.trading.api.OrderTicket;
import org.papertrader.trading.api.OrdersOutcome;
import org.papertrader.trading.api.PortfolioOutcome;
import org.papertrader.trading.api.Trading;
import org.papertrader.trading.api.TransactionsOutcome;

/** Requests of users as service calls, outcomes as answers. Market data is not here, see {@link MarketReads}. */
final class Services {
    private final Backend backend;
    private final Edge edge;
    private final Clock clock;
    private final int inFlightMax;
    private final Object orderLock = new Object();
    private Instant lastStamp = Instant.MIN;

    Services(Backend backend, Edge edge, Clock clock, int inFlightMax) {
        this.backend = backend;
        this.edge = edge;
        this.clock = clock;
        this.inFlightMax = inFlightMax;
    }

    /** Handles any request but login, logout, switchState, subscribe and market data. */
    CompletionStage<Answer> handle(ClientRequest request, Request decoded, InetAddress client) {
        Caller caller = request.caller(client);
        return switch (request.instruction()) {
            case REGISTER -> register(caller, (Request.Register) decoded);
            case PURCHASE_ASSET -> {
                Request.Purchase buy = (Request.Purchase) decoded;
                yield order(
                        caller,
                        new OrderTicket(
                                Side.BUY,
                                buy.symbol(),
                                buy.quantity(),
                                buy.clientOrderId().orElse(null)));
            }
            case SELL_ASSET -> {
                Request.Sell sell = (Request.Sell) decoded;
                yield order(
                        caller,
                        new OrderTicket(
                                Side.SELL,
                                sell.symbol(),
                                sell.quantity(),
                                sell.clientOrderId().orElse(null)));
            }
            case CANCEL_ORDER ->
                trading(t -> t.cancel(caller, ((Request.CancelOrder) decoded).orderId()), this::cancelled);
            case PING -> CompletableFuture.completedFuture(new Answer.Returned(new Return.Pong(clock.instant())));
            case GET_WORKERS ->
                edge.call(backend.facts, true, facts -> facts.workers()).thenApply(Answer.Returned::new);
            case GET_SERVER_INFO ->
                edge.call(backend.facts, true, facts -> facts.serverInfo())
                        .thenApply(info -> new Answer.Returned(new Return.ServerInfoReturn(ofThisWorker(info))));
            case GET_USER_INFO -> userInfo(caller, (Request.GetUserInfo) decoded);
            case GET_USER_PORTFOLIO ->
                trading(t -> t.portfolio(caller, ((Request.GetUserPortfolio) decoded).userName()), this::portfolio);
            case GET_USER_TRANSACTION_HISTORY -> transactions(caller, (Request.GetUserTransactionHistory) decoded);
            case GET_ORDERS -> {
                Request.GetOrders get = (Request.GetOrders) decoded;
                yield trading(t -> t.orders(caller, get.openOnly(), get.before().orElse(null)), this::orders);
            }
            default -> throw new IllegalArgumentException("not handled here: " + request.instruction());
        };
    }

    private CompletionStage<Answer> register(Caller caller, Request.Register register) {
        Registration registration = new Registration(
                register.userName().value(),
                register.email().value(),
                register.hashedPass().toHex());
        return edge.<Accounts, RegisterOutcome>call(
                        backend.accounts, false, accounts -> accounts.register(caller, registration))
                .thenApply(outcome -> outcome instanceof RegisterOutcome.Registered done
                        ? new Answer.Returned(new Return.RegisterSuccess(done.userName()))
                        : new Answer.No(((RegisterOutcome.Refused) outcome).refusal()));
    }

    /** Logs in by name. */
    static Credentials credentials(Request.Login login) {
        return new Credentials(login.userName().value(), login.hashedPass().toHex(), login.expirable());
    }

    /**
     * Stamps and forwards an order under one lock, so that orders leave in the order of their stamps (PRO-16). The
     * sequence makes a repeated call recognisable, so the edge may repeat it.
     */
    private CompletionStage<Answer> order(Caller caller, OrderTicket ticket) {
        synchronized (orderLock) {
            lastStamp = caller.issued().isAfter(lastStamp) ? caller.issued() : lastStamp.plusNanos(1_000);
            Caller stamped = backend.link.call(link -> new Caller(
                    caller.session(), caller.clientAddress(), link.worker(), link.nextSequence(), lastStamp));
            return edge.<Trading, OrderOutcome>call(backend.trading, true, t -> t.submit(stamped, ticket))
                    .thenApply(outcome -> accepted(ticket.side(), outcome));
        }
    }

    private static Answer accepted(Side side, OrderOutcome outcome) {
        if (outcome instanceof OrderOutcome.Accepted accepted) {
            return new Answer.Returned(
                    side == Side.BUY
                            ? new Return.PurchaseSuccess(
                                    accepted.order(), accepted.reserved(), accepted.freeCash(), accepted.version())
                            : new Return.SellSuccess(accepted.order(), accepted.freeCash(), accepted.version()));
        }
        return new Answer.No(((OrderOutcome.Refused) outcome).refusal());
    }

    private Answer cancelled(CancelOutcome outcome) {
        return outcome instanceof CancelOutcome.Cancelled done
                ? new Answer.Returned(new Return.CancelSuccess(done.order(), done.freeCash(), done.version()))
                : new Answer.No(((CancelOutcome.Refused) outcome).refusal());
    }

    private CompletionStage<Answer> userInfo(Caller caller, Request.GetUserInfo get) {
        return edge.<Accounts, UserInfoOutcome>call(
                        backend.accounts, true, accounts -> accounts.userInfo(caller, get.userName()))
                .thenApply(outcome -> outcome instanceof UserInfoOutcome.Found found
                        ? new Answer.Data(payload(found.info()))
                        : new Answer.No(((UserInfoOutcome.Refused) outcome).refusal()));
    }

    private Payload payload(UserInfo info) {
        return new Payload.UserInfo(
                now(),
                info.userName(),
                info.memberSince(),
                Optional.ofNullable(info.personal())
                        .map(own -> new Payload.OwnInfo(own.email(), own.isPassword(), own.isThirdParty())));
    }

    private Answer portfolio(PortfolioOutcome outcome) {
        if (outcome instanceof PortfolioOutcome.Own own) {
            return new Answer.Data(new Payload.OwnPortfolio(now(), own.portfolio()));
        } else if (outcome instanceof PortfolioOutcome.Public other) {
            return new Answer.Data(new Payload.PublicPortfolio(now(), other.owner(), other.totalValue()));
        }
        return new Answer.No(((PortfolioOutcome.Refused) outcome).refusal());
    }

    private CompletionStage<Answer> transactions(Caller caller, Request.GetUserTransactionHistory get) {
        return trading(
                t -> t.transactions(caller, get.userName(), get.afterTransactionId()),
                outcome -> outcome instanceof TransactionsOutcome.Page page
                        ? new Answer.Data(new Payload.TransactionPage(
                                now(), get.userName(), true, page.more(), page.transactions()))
                        : new Answer.No(((TransactionsOutcome.Refused) outcome).refusal()));
    }

    private Answer orders(OrdersOutcome outcome) {
        return outcome instanceof OrdersOutcome.Page page
                ? new Answer.Data(new Payload.OrderPage(now(), page.more(), page.orders()))
                : new Answer.No(((OrdersOutcome.Refused) outcome).refusal());
    }

    private <O> CompletionStage<Answer> trading(
            Function<Trading, CompletionStage<O>> call, Function<O, Answer> answer) {
        return edge.<Trading, O>call(backend.trading, true, call).thenApply(answer);
    }

    private ServerInfo ofThisWorker(ServerInfo info) {
        return new ServerInfo(
                info.versions(),
                info.software(),
                "worker",
                info.realm(),
                info.currency(),
                info.serverTime(),
                info.market(),
                info.terms(),
                new ServerInfo.Limits(ProtocolLimits.IDLE_TIMEOUT, inFlightMax));
    }

    /** Data of users are never answered again. */
    private Stamp now() {
        return Stamp.once(clock.instant());
    }
}
