package org.papertrader.relay.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.papertrader.link.api.LinkListener;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.LinkReply;
import org.papertrader.model.Caller;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.Side;
import org.papertrader.model.UserName;
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

/** A worker's trading: everything goes to the master, orders in order of time and never doubled (PRO-16). */
@Component(
        configurationPid = "org.papertrader.relay",
        service = {Trading.class, LinkListener.class},
        property = "side=worker")
@Designate(ocd = ForwardedTrading.Config.class)
public final class ForwardedTrading implements Trading, LinkListener {
    /** Configuration, PID {@code org.papertrader.relay}. */
    @ObjectClassDefinition(id = "org.papertrader.relay", name = "PaperTrader relay")
    public @interface Config {
        /** How long an order waits. */
        @AttributeDefinition(
                min = "0",
                name = "Patience",
                description = "Milliseconds that an order waits for its answer.")
        long orderPatienceMs() default 10_000;

        /** How long an order waits for a link. */
        @AttributeDefinition(
                min = "0",
                name = "Link patience",
                description = "Milliseconds that an order waits for a link that is down before it is refused.")
        long linkPatienceMs() default 1_000;

        /** Most orders that wait. */
        @AttributeDefinition(
                min = "1",
                name = "Unanswered",
                description = "Most orders that wait for their answers at once.")
        int unansweredMax() default 10_000;
    }

    private final MasterCalls master;
    private final ScheduledExecutorService timer;
    private final OrderForwarder forwarder;

    @Activate
    public ForwardedTrading(Config config, @Reference MasterCalls master) {
        this.master = master;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "relay-timer");
            thread.setDaemon(true);
            return thread;
        });
        this.forwarder = new OrderForwarder(
                master::forward,
                timer,
                new OrderForwarder.Patience(
                        Duration.ofMillis(config.orderPatienceMs()), Duration.ofMillis(config.linkPatienceMs())),
                config.unansweredMax());
    }

    @Deactivate
    void deactivate() {
        forwarder.close();
        timer.shutdownNow();
    }

    @Override
    public CompletionStage<OrderOutcome> submit(Caller caller, OrderTicket ticket) {
        Request order = ticket.side() == Side.BUY
                ? new Request.Purchase(ticket.symbol(), ticket.quantity(), Optional.ofNullable(ticket.clientOrderId()))
                : new Request.Sell(ticket.symbol(), ticket.quantity(), Optional.ofNullable(ticket.clientOrderId()));
        return Replies.<OrderOutcome>settleChange(
                forwarder.forward(caller, order), ForwardedTrading::accepted, OrderOutcome.Refused::new);
    }

    @Override
    public CompletionStage<CancelOutcome> cancel(Caller caller, OrderId order) {
        return Replies.<CancelOutcome>settleChange(
                master.forward(caller, new Request.CancelOrder(order)),
                reply -> reply instanceof LinkReply.Answer answer
                                && answer.answer() instanceof Return.CancelSuccess success
                        ? Optional.of(new CancelOutcome.Cancelled(
                                success.orderId(), success.cashAvailable(), success.accountVersion()))
                        : Optional.empty(),
                CancelOutcome.Refused::new);
    }

    @Override
    public CompletionStage<PortfolioOutcome> portfolio(Caller caller, UserName user) {
        return Replies.<PortfolioOutcome>payload(
                master,
                caller,
                new Request.GetUserPortfolio(user),
                ForwardedTrading::portfolio,
                PortfolioOutcome.Refused::new);
    }

    @Override
    public CompletionStage<TransactionsOutcome> transactions(Caller caller, UserName user, long after) {
        return Replies.<TransactionsOutcome>payload(
                master,
                caller,
                new Request.GetUserTransactionHistory(user, after),
                payload -> payload instanceof Payload.TransactionPage page
                        ? Optional.of(new TransactionsOutcome.Page(page.rows(), page.more()))
                        : Optional.empty(),
                TransactionsOutcome.Refused::new);
    }

    @Override
    public CompletionStage<OrdersOutcome> orders(Caller caller, boolean onlyOpen, @Nullable OrderId before) {
        return Replies.<OrdersOutcome>payload(
                master,
                caller,
                new Request.GetOrders(onlyOpen, Optional.ofNullable(before)),
                payload -> payload instanceof Payload.OrderPage page
                        ? Optional.of(new OrdersOutcome.Page(page.rows(), page.more()))
                        : Optional.empty(),
                OrdersOutcome.Refused::new);
    }

    @Override
    public void up() {
        forwarder.resend();
    }

    @Override
    public void down() {
        // Unanswered orders wait for the link to come back, or for their deadline.
    }

    @Override
    public void pushed(LinkPush push) {
        // Nothing that is pushed concerns orders under way.
    }

    private static Optional<OrderOutcome> accepted(LinkReply reply) {
        if (reply instanceof LinkReply.Answer answer) {
            if (answer.answer() instanceof Return.PurchaseSuccess success) {
                return Optional.of(new OrderOutcome.Accepted(
                        success.orderId(), success.reserved(), success.cashAvailable(), success.accountVersion()));
            } else if (answer.answer() instanceof Return.SellSuccess success) {
                return Optional.of(new OrderOutcome.Accepted(
                        success.orderId(), Money.ZERO, success.cashAvailable(), success.accountVersion()));
            }
        }
        return Optional.empty();
    }

    private static Optional<PortfolioOutcome> portfolio(Payload payload) {
        if (payload instanceof Payload.OwnPortfolio own) {
            return Optional.of(new PortfolioOutcome.Own(own.portfolio()));
        } else if (payload instanceof Payload.PublicPortfolio other) {
            return Optional.of(new PortfolioOutcome.Public(other.owner(), other.totalValue()));
        }
        return Optional.empty();
    }
}
