package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.ClientOptions;
import org.papertrader.client.Period;
import org.papertrader.client.RefusedException;
import org.papertrader.client.ServerTrust;
import org.papertrader.model.AssetInfo;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.Portfolio;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.UserName;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.api.AsOf;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.Return;

/** A trader's day that leaves no instruction out, and what the trader saw of it. */
final class RecordedDay {
    static final Symbol AAPL = new Symbol("AAPL");
    private static final UserName ADA = new UserName("ada");
    static final String PASSWORD = "a password of ada";
    private static final Duration FILL_MAX = Duration.ofSeconds(30);
    /** What is recorded must be readable. */
    private static final ClientOptions OPTIONS = ClientOptions.defaults().withTrust(ServerTrust.plaintext());

    private final Map<OrderId, Return> ended = new ConcurrentHashMap<>();
    SessionId session;
    AsOf now;
    List<WorkerServer> workers;
    List<AssetInfo> assets;
    Payload.CurrentValue quote;
    Payload.Series year;
    Payload.Series allTime;
    Payload.Predicted predicted;
    Return.PurchaseSuccess bought;
    Return.OrderFilled filled;
    Return.SellSuccess sold;
    Return.CancelSuccess cancelled;
    List<Order> orders;
    Portfolio portfolio;
    List<Transaction> history;

    /** At the master: the list of workers and nothing else. */
    void askMaster(int port) {
        try (BlockingTraderClient master = BlockingTraderClient.connect("127.0.0.1", port, OPTIONS)) {
            workers = master.workers();
        }
    }

    /** On a first connection to the worker: register, look, trade. */
    void trade(int port) {
        try (BlockingTraderClient client = connect(port)) {
            client.ping();
            client.register(ADA.value(), "ada@example.org", PASSWORD);
            refused(ReasonCode.USER_NAME_TAKEN, () -> client.register(ADA.value(), "ada@example.org", PASSWORD));
            refused(ReasonCode.BAD_CREDENTIALS, () -> client.login(ADA.value(), PASSWORD + "!", false));
            session = client.login(ADA.value(), PASSWORD, false).sessionId();
            client.subscribe();
            look(client);
            buyAndSell(client);
        }
    }

    /** On a second one: come back with the session, read, leave. */
    void comeBack(int port) {
        try (BlockingTraderClient client = connect(port)) {
            client.resume(session);
            client.userInfo(ADA);
            orders = client.orders(false);
            portfolio = ((Payload.OwnPortfolio) client.portfolio(ADA)).portfolio();
            history = client.transactions(ADA);
            client.logout();
            refused(ReasonCode.NO_SESSION, () -> client.resume(session));
        }
    }

    private void look(BlockingTraderClient client) {
        now = new AsOf.At(client.serverInfo().market().time());
        assets = client.assets("");
        client.info(AAPL);
        quote = client.quote(AAPL);
        refused(ReasonCode.UNKNOWN_ASSET, () -> client.quote(new Symbol("NOPE")));
        client.history(AAPL, Period.DAY, now);
        client.history(AAPL, Period.WEEK, now);
        client.history(AAPL, Period.MONTH, now);
        year = client.history(AAPL, Period.YEAR, now);
        allTime = client.history(AAPL, Period.ALL_TIME, now);
        predicted = client.predict(AAPL, new AsOf.At(now.end().plus(Duration.ofDays(30))));
    }

    private void buyAndSell(BlockingTraderClient client) {
        refused(ReasonCode.INSUFFICIENT_CASH, () -> client.buy(AAPL, Quantity.parse("1000000"), null));
        refused(ReasonCode.INSUFFICIENT_POSITION, () -> client.sell(AAPL, Quantity.parse("1"), null));
        await().atMost(FILL_MAX).until(() -> cancelledInTime(client));
        refused(ReasonCode.ORDER_NOT_OPEN, () -> client.cancel(cancelled.orderId()));
        bought = client.buy(AAPL, Quantity.parse("10.5"), new ClientOrderId("my-order"));
        filled = (Return.OrderFilled) awaitEnd(bought.orderId());
        sold = client.sell(AAPL, Quantity.parse("4.25"), null);
        awaitEnd(sold.orderId());
    }

    /** Whether an order could be taken back before an interval filled it. */
    private boolean cancelledInTime(BlockingTraderClient client) {
        OrderId order =
                client.buy(new Symbol("GOOGL"), Quantity.parse("1"), null).orderId();
        try {
            cancelled = client.cancel(order);
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }

    private Return awaitEnd(OrderId order) {
        return await().atMost(FILL_MAX).until(() -> ended.get(order), notice -> notice != null);
    }

    private BlockingTraderClient connect(int port) {
        return BlockingTraderClient.connect("127.0.0.1", port, OPTIONS.withNotices(this::notice));
    }

    private void notice(Return notice) {
        if (notice instanceof Return.OrderFilled one) {
            ended.put(one.traded().orderId(), one);
        }
    }

    private static void refused(ReasonCode code, Runnable request) {
        try {
            request.run();
        } catch (RefusedException e) {
            assertThat(e.refusal().code()).isEqualTo(code);
            return;
        }
        throw new AssertionError("not refused with " + code);
    }
}
