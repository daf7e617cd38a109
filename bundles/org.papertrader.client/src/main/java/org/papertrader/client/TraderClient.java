package org.papertrader.client;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Email;
import org.papertrader.model.OrderId;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.ProtocolV1;
import org.papertrader.protocol.api.AsOf;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.PayloadCodec;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.protocol.api.ServerInfo;

/**
 * An asynchronous client. It speaks to one server ({@link #connect(String, int, ClientOptions)}), or to one after the other
 * of several workers ({@link #connect(WorkerSource, ClientOptions)}): when its worker is lost or wants it to move, it takes
 * another, takes its session and subscription up there, and sends again what was not answered. Nothing is done twice by
 * that: each order has a {@code clientOrderId}, given or made here, and all other requests do no more when they come twice,
 * except for register and login by password, which are not sent again and fail.
 *
 * <p>Calls are pipelined on one connection. Futures fail with {@link RefusedException} when the server says no, {@link
 * ConnectionLostException} when the connection ends and no other worker is had in time, {@link
 * java.util.concurrent.TimeoutException} when no answer comes. Thread-safe.
 *
 * <pre>{@code
 * ClientOptions options = ClientOptions.defaults().withTrust(ServerTrust.pinned(fingerprintOfTheMaster));
 * try (TraderClient client = TraderClient.connect(WorkerSource.master("localhost", 2048), options)) {
 *     client.login("ada", "correct horse", true).join();
 *     System.out.println(client.quote(new Symbol("AAPL")).join().asset().bar().close());
 * }
 * }</pre>
 */
public final class TraderClient implements AutoCloseable {
    private final Requests requests;
    private final PayloadCodec payloads = ProtocolV1.payloads();
    private volatile @Nullable CompletableFuture<ServerInfo> info;

    private TraderClient(Requests requests) {
        this.requests = requests;
    }

    /**
     * Connects to a worker and no other, or to a master for its list. Throws {@link UntrustedServerException} when the
     * options do not trust it, {@link ConnectionLostException} when connecting fails.
     */
    public static TraderClient connect(String host, int port, ClientOptions options) {
        return new TraderClient(Requests.open(Route.only(new ServerAddress(host, port), options.trust()), options));
    }

    /**
     * Connects to one worker of a list that a trusted server gave, and no other: it must show the certificate that the list
     * says. Throws as {@link #connect(String, int, ClientOptions)} does.
     */
    public static TraderClient connect(WorkerServer worker, ClientOptions options) {
        return connect(
                worker.host(), worker.port(), options.withTrust(options.trust().of(worker)));
    }

    /**
     * Connects to the first worker that can be had, and goes on at another one when it must. The options say by what to
     * trust the master; a worker must show the certificate that the list says. Throws as {@link #connect(String, int,
     * ClientOptions)} does, when none can be had now.
     */
    public static TraderClient connect(WorkerSource workers, ClientOptions options) {
        return new TraderClient(Requests.open(new WorkerRoute(workers, options), options));
    }

    /** False once closed, and for a client of one server once the connection has ended. */
    public boolean isOpen() {
        return requests.isOpen();
    }

    /** The server that it is connected to, or was last. */
    public ServerAddress server() {
        return requests.latest().server();
    }

    /** The certificate that the server showed; empty in plaintext. */
    public Optional<CertificateFingerprint> certificate() {
        return requests.latest().certificate();
    }

    /** The session of this client, {@link SessionId#NONE} before a login. It is a secret. */
    public SessionId session() {
        return requests.session();
    }

    /** The list of workers, from a master or a worker (PRO-10). */
    public CompletableFuture<List<WorkerServer>> workers() {
        return answer(new Request.GetWorkers(), Return.Workers.class).thenApply(Return.Workers::workers);
    }

    /** What any client must know first; asked anew at each call. */
    public CompletableFuture<ServerInfo> serverInfo() {
        return answer(new Request.GetServerInfo(), Return.ServerInfoReturn.class)
                .thenApply(Return.ServerInfoReturn::info);
    }

    /** Measures a round trip and tells the server's time. */
    public CompletableFuture<Return.Pong> ping() {
        return answer(new Request.Ping(), Return.Pong.class);
    }

    /** Makes an account; the password never leaves this process. */
    public CompletableFuture<Return.RegisterSuccess> register(String userName, String email, String password) {
        return checked(
                () -> new UserName(userName),
                name -> checked(() -> new Email(email), address -> realm().thenApplyAsync(
                                realm -> PasswordHasher.hash(realm, name.value(), password))
                        .thenCompose(hash ->
                                answer(new Request.Register(name, address, hash), Return.RegisterSuccess.class))));
    }

    /**
     * Logs in; the session is used by all later calls.
     *
     * @param expirable true when the session shall end with its last connection (PRO-15)
     */
    public CompletableFuture<Return.SessionGranted> login(String userName, String password, boolean expirable) {
        return checked(() -> new UserName(userName), name -> realm().thenApplyAsync(
                        realm -> PasswordHasher.hash(realm, name.value(), password))
                .thenCompose(hash -> answer(new Request.Login(name, hash, expirable), Return.SessionGranted.class)));
    }

    /** Takes up a session again, here or at another worker than the one that gave it. */
    public CompletableFuture<Return.SessionGranted> resume(SessionId stored) {
        return checkedAnswer(requests.send(stored, new Request.ResumeSession()), Return.SessionGranted.class);
    }

    /** Ends the session, everywhere; done too when a lost connection left open whether it had ended before. */
    public CompletableFuture<Void> logout() {
        return answer(new Request.Logout(), Return.LogoutSuccess.class).thenAccept(done -> {});
    }

    /** Assets whose symbols begin with the prefix, in order; empty for all. At most a page, see {@code more}. */
    public CompletableFuture<Payload.AssetPage> assets(String prefix, @Nullable Symbol after) {
        return data(new Request.ListAssets(prefix, Optional.ofNullable(after)), Payload.AssetPage.class);
    }

    /** What is known of an asset. */
    public CompletableFuture<Payload.AssetDetails> info(Symbol symbol) {
        return data(new Request.GetAssetInfo(symbol), Payload.AssetDetails.class);
    }

    /** The latest value. */
    public CompletableFuture<Payload.CurrentValue> quote(Symbol symbol) {
        return data(new Request.GetAssetValueCurrent(symbol), Payload.CurrentValue.class);
    }

    /** A series that runs back from {@code asOf}, which {@link Period#ALL_TIME} ignores. */
    public CompletableFuture<Payload.Series> history(Symbol symbol, Period period, AsOf asOf) {
        Request request =
                switch (period) {
                    case DAY -> new Request.GetAssetValueDay(symbol, asOf);
                    case WEEK -> new Request.GetAssetValueWeek(symbol, asOf);
                    case MONTH -> new Request.GetAssetValueMonth(symbol, asOf);
                    case YEAR -> new Request.GetAssetValueYear(symbol, asOf);
                    case ALL_TIME -> new Request.GetAssetValueAllTime(symbol);
                };
        return data(request, Payload.Series.class);
    }

    /** The predicted value at a market time to come. */
    public CompletableFuture<Payload.Predicted> predict(Symbol symbol, AsOf target) {
        return data(new Request.GetAssetValuePredicted(symbol, target), Payload.Predicted.class);
    }

    /**
     * Buys at the next update interval; success means reserved and durably queued (PRO-16).
     *
     * @param id the order's own id, by which it is carried out once however often it is sent; without one it gets one
     */
    public CompletableFuture<Return.PurchaseSuccess> buy(Symbol symbol, Quantity quantity, @Nullable ClientOrderId id) {
        return answer(new Request.Purchase(symbol, quantity, Optional.of(idOr(id))), Return.PurchaseSuccess.class);
    }

    /** Sells at the next update interval; otherwise as {@link #buy}. */
    public CompletableFuture<Return.SellSuccess> sell(Symbol symbol, Quantity quantity, @Nullable ClientOrderId id) {
        return answer(new Request.Sell(symbol, quantity, Optional.of(idOr(id))), Return.SellSuccess.class);
    }

    /**
     * Takes an own open order back. When the connection was lost meanwhile it is asked for again; a refusal with {@link
     * ReasonCode#ORDER_NOT_OPEN} may then mean that the first time has done it, which {@link #orders} tells.
     */
    public CompletableFuture<Return.CancelSuccess> cancel(OrderId order) {
        return answer(new Request.CancelOrder(order), Return.CancelSuccess.class);
    }

    /** Own orders, newest first, at most a page. */
    public CompletableFuture<Payload.OrderPage> orders(boolean onlyOpen, @Nullable OrderId before) {
        return data(new Request.GetOrders(onlyOpen, Optional.ofNullable(before)), Payload.OrderPage.class);
    }

    /** A portfolio: an {@link Payload.OwnPortfolio} to its owner, a {@link Payload.PublicPortfolio} to others. */
    public CompletableFuture<Payload> portfolio(UserName user) {
        return data(new Request.GetUserPortfolio(user), Payload.class);
    }

    /** The history after line {@code after}, oldest first, at most a page. */
    public CompletableFuture<Payload.TransactionPage> transactions(UserName user, long after) {
        return data(new Request.GetUserTransactionHistory(user, after), Payload.TransactionPage.class);
    }

    /** What is known of a user. */
    public CompletableFuture<Payload.UserInfo> userInfo(UserName user) {
        return data(new Request.GetUserInfo(user), Payload.UserInfo.class);
    }

    /** Asks for notices of own orders; they go to the listener of the options, wherever the client moves. */
    public CompletableFuture<Void> subscribe() {
        return answer(new Request.Subscribe(), Return.SubscribeSuccess.class).thenAccept(done -> {});
    }

    /** The same client with methods that wait. */
    public BlockingTraderClient blocking() {
        return new BlockingTraderClient(this);
    }

    @Override
    public void close() {
        requests.close();
    }

    private static ClientOrderId idOr(@Nullable ClientOrderId given) {
        return given == null ? new ClientOrderId(UUID.randomUUID().toString()) : given;
    }

    private CompletableFuture<String> realm() {
        CompletableFuture<ServerInfo> known = info;
        if (known == null || known.isCompletedExceptionally()) {
            known = serverInfo();
            info = known;
        }
        return known.thenApply(ServerInfo::realm);
    }

    private <A extends Return> CompletableFuture<A> answer(Request request, Class<A> kind) {
        return checkedAnswer(requests.send(session(), request), kind);
    }

    private static <A extends Return> CompletableFuture<A> checkedAnswer(
            CompletableFuture<Connection.Reply> reply, Class<A> kind) {
        return reply.thenApply(value -> {
            if (value instanceof Connection.Reply.Answer answer) {
                if (kind.isInstance(answer.value())) {
                    return kind.cast(answer.value());
                }
                throw refused(answer.value());
            }
            throw unexpected();
        });
    }

    private <P extends Payload> CompletableFuture<P> data(Request request, Class<P> kind) {
        return requests.send(session(), request).thenApply(value -> {
            if (value instanceof Connection.Reply.Data data) {
                if (payloads.decode(request.instruction(), data.payload()) instanceof DecodeResult.Ok<Payload> ok
                        && kind.isInstance(ok.value())) {
                    return kind.cast(ok.value());
                }
                throw unexpected();
            }
            throw refused(((Connection.Reply.Answer) value).value());
        });
    }

    private static RefusedException refused(Return answer) {
        return answer instanceof Return.Fail fail ? new RefusedException(fail.refusal()) : unexpected();
    }

    private static RefusedException unexpected() {
        return new RefusedException(Refusal.of(ReasonCode.INTERNAL, "The server answered with something unexpected."));
    }

    /** What breaks the rules of its own form is refused here, with the same exception as by the server. */
    private static <V, R> CompletableFuture<R> checked(Supplier<V> value, Function<V, CompletableFuture<R>> next) {
        V made;
        try {
            made = value.get();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(
                    new RefusedException(Refusal.of(ReasonCode.BAD_ARGUMENTS, String.valueOf(e.getMessage()))));
        }
        return next.apply(made);
    }
}
