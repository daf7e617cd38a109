package org.papertrader.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.AssetInfo;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.Quantity;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.UserName;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.api.AsOf;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.Return;
import org.papertrader.protocol.api.ServerInfo;

/**
 * {@link TraderClient} with methods that wait. They throw {@link RefusedException} when the server says no and
 * {@link ConnectionLostException} when there is no answer. Lists are read to their end, page by page.
 */
public final class BlockingTraderClient implements AutoCloseable {
    private final TraderClient client;

    BlockingTraderClient(TraderClient client) {
        this.client = client;
    }

    /** Connects; see {@link TraderClient#connect(String, int, ClientOptions)}. */
    public static BlockingTraderClient connect(String host, int port, ClientOptions options) {
        return TraderClient.connect(host, port, options).blocking();
    }

    /** Connects; see {@link TraderClient#connect(WorkerServer, ClientOptions)}. */
    public static BlockingTraderClient connect(WorkerServer worker, ClientOptions options) {
        return TraderClient.connect(worker, options).blocking();
    }

    /** Connects; see {@link TraderClient#connect(WorkerSource, ClientOptions)}. */
    public static BlockingTraderClient connect(WorkerSource workers, ClientOptions options) {
        return TraderClient.connect(workers, options).blocking();
    }

    /** The asynchronous client below. */
    public TraderClient async() {
        return client;
    }

    /** See {@link TraderClient#session}. */
    public SessionId session() {
        return client.session();
    }

    /** See {@link TraderClient#workers}. */
    public List<WorkerServer> workers() {
        return await(client.workers());
    }

    /** See {@link TraderClient#serverInfo}. */
    public ServerInfo serverInfo() {
        return await(client.serverInfo());
    }

    /** See {@link TraderClient#ping}. */
    public Return.Pong ping() {
        return await(client.ping());
    }

    /** See {@link TraderClient#register}. */
    public Return.RegisterSuccess register(String userName, String email, String password) {
        return await(client.register(userName, email, password));
    }

    /** See {@link TraderClient#login}. */
    public Return.SessionGranted login(String userName, String password, boolean expirable) {
        return await(client.login(userName, password, expirable));
    }

    /** See {@link TraderClient#resume}. */
    public Return.SessionGranted resume(SessionId stored) {
        return await(client.resume(stored));
    }

    /** See {@link TraderClient#logout}. */
    public void logout() {
        await(client.logout());
    }

    /** All assets whose symbols begin with the prefix. */
    public List<AssetInfo> assets(String prefix) {
        List<AssetInfo> all = new ArrayList<>();
        Payload.AssetPage page;
        do {
            Symbol after = all.isEmpty() ? null : all.get(all.size() - 1).symbol();
            page = await(client.assets(prefix, after));
            all.addAll(page.rows());
        } while (page.more() && !page.rows().isEmpty());
        return all;
    }

    /** See {@link TraderClient#info}. */
    public AssetInfo info(Symbol symbol) {
        return await(client.info(symbol)).info();
    }

    /** See {@link TraderClient#quote}. */
    public Payload.CurrentValue quote(Symbol symbol) {
        return await(client.quote(symbol));
    }

    /** See {@link TraderClient#history}. */
    public Payload.Series history(Symbol symbol, Period period, AsOf asOf) {
        return await(client.history(symbol, period, asOf));
    }

    /** See {@link TraderClient#predict}. */
    public Payload.Predicted predict(Symbol symbol, AsOf target) {
        return await(client.predict(symbol, target));
    }

    /** See {@link TraderClient#buy}. */
    public Return.PurchaseSuccess buy(Symbol symbol, Quantity quantity, @Nullable ClientOrderId id) {
        return await(client.buy(symbol, quantity, id));
    }

    /** See {@link TraderClient#sell}. */
    public Return.SellSuccess sell(Symbol symbol, Quantity quantity, @Nullable ClientOrderId id) {
        return await(client.sell(symbol, quantity, id));
    }

    /** See {@link TraderClient#cancel}. */
    public Return.CancelSuccess cancel(OrderId order) {
        return await(client.cancel(order));
    }

    /** All own orders, newest first. */
    public List<Order> orders(boolean onlyOpen) {
        List<Order> all = new ArrayList<>();
        Payload.OrderPage page;
        do {
            OrderId before = all.isEmpty() ? null : all.get(all.size() - 1).id();
            page = await(client.orders(onlyOpen, before));
            all.addAll(page.rows());
        } while (page.more() && !page.rows().isEmpty());
        return all;
    }

    /** See {@link TraderClient#portfolio}. */
    public Payload portfolio(UserName user) {
        return await(client.portfolio(user));
    }

    /** A whole history, oldest first. */
    public List<Transaction> transactions(UserName user) {
        List<Transaction> all = new ArrayList<>();
        Payload.TransactionPage page;
        do {
            long after = all.isEmpty() ? 0 : all.get(all.size() - 1).id();
            page = await(client.transactions(user, after));
            all.addAll(page.rows());
        } while (page.more() && !page.rows().isEmpty());
        return all;
    }

    /** See {@link TraderClient#userInfo}. */
    public Payload.UserInfo userInfo(UserName user) {
        return await(client.userInfo(user));
    }

    /** See {@link TraderClient#subscribe}. */
    public void subscribe() {
        await(client.subscribe());
    }

    @Override
    public void close() {
        client.close();
    }

    private static <R> R await(CompletableFuture<R> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                throw refused;
            } else if (e.getCause() instanceof ConnectionLostException lost) {
                throw lost;
            } else if (e.getCause() instanceof TimeoutException) {
                throw new ConnectionLostException("the server did not answer in time", e);
            }
            throw e;
        }
    }
}
