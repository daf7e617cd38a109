package org.papertrader.protocol.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Email;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.SessionId;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.api.AsOf;
import org.papertrader.protocol.api.ConnectionState;
import org.papertrader.protocol.api.HashedPass;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.protocol.api.ServerInfo;

/** What each golden request and return says. */
final class Samples {
    static final Symbol AAPL = new Symbol("AAPL");
    static final UserName ALICE = new UserName("Alice");
    static final SessionId SESSION = session();

    private static final HashedPass PASS =
            HashedPass.parse("c9c88f158cf57617be78a1bb417e112890f4be1a157c1a24e6e69de0931245e8");
    private static final Symbol BRK = new Symbol("BRK.B");
    private static final AsOf DAY = new AsOf.On(LocalDate.of(2016, 3, 1));

    private Samples() {}

    /** A golden request: its id, its session, what it asks. */
    record SentRequest(long requestId, SessionId session, Request request) {}

    /** A golden return: its id, what it says. */
    record SentReturn(long requestId, Return answer) {}

    static Map<String, SentRequest> requests() {
        Map<String, SentRequest> all = new LinkedHashMap<>();
        all.put("login/frame", open(7, new Request.Login(ALICE, PASS, true)));
        all.put("loginSession/frame", in(8, new Request.ResumeSession()));
        all.put("register/frame", open(6, new Request.Register(ALICE, new Email("alice@example.org"), PASS)));
        all.put("purchaseAsset/frame", in(9, purchase("10.5", "first-order")));
        all.put("purchaseAsset/withoutId", in(9, purchase("10", "")));
        all.put("sellAsset/frame", in(10, new Request.Sell(AAPL, Quantity.parse("2"), Optional.empty())));
        all.put("sellAsset/withId", in(10, sell("9999999999.99999999", "s-2")));
        all.put("switchState/frame", in(11, new Request.SwitchState(ConnectionState.DATA_TRANSFER)));
        all.put("switchState/back", in(12, new Request.SwitchState(ConnectionState.COMMAND)));
        all.put("logout/frame", in(13, new Request.Logout()));
        all.put("cancelOrder/frame", in(14, new Request.CancelOrder(new OrderId(18))));
        all.put("subscribe/frame", in(15, new Request.Subscribe()));
        all.put("ping/frame", open(16, new Request.Ping()));
        all.put("getWorkers/frame", open(1, new Request.GetWorkers()));
        all.put("getServerInfo/frame", open(2, new Request.GetServerInfo()));
        putMarketData(all);
        putUserData(all);
        return all;
    }

    private static void putMarketData(Map<String, SentRequest> all) {
        all.put("getAssetInfo/frame", in(20, new Request.GetAssetInfo(AAPL)));
        all.put("getAssetValueCurrent/frame", in(21, new Request.GetAssetValueCurrent(AAPL)));
        all.put("getAssetValueDay/frame", in(22, new Request.GetAssetValueDay(AAPL, DAY)));
        all.put("getAssetValueDay/instant", in(22, new Request.GetAssetValueDay(AAPL, at("2016-03-01T15:30:00Z"))));
        all.put("getAssetValueWeek/frame", in(23, new Request.GetAssetValueWeek(AAPL, DAY)));
        all.put("getAssetValueMonth/frame", in(24, new Request.GetAssetValueMonth(AAPL, DAY)));
        all.put("getAssetValueYear/frame", in(25, new Request.GetAssetValueYear(AAPL, at("2016-03-01T15:30:00.250Z"))));
        all.put("getAssetValueAllTime/frame", in(26, new Request.GetAssetValueAllTime(AAPL)));
        all.put(
                "getAssetValuePredicted/frame",
                in(27, new Request.GetAssetValuePredicted(AAPL, new AsOf.On(LocalDate.of(2016, 4, 1)))));
        all.put("listAssets/frame", in(28, new Request.ListAssets("", Optional.empty())));
        all.put("listAssets/prefix", in(28, new Request.ListAssets("A", Optional.empty())));
        all.put("listAssets/nextPage", in(28, new Request.ListAssets("", Optional.of(AAPL))));
    }

    private static void putUserData(Map<String, SentRequest> all) {
        all.put("getUserInfo/frame", in(29, new Request.GetUserInfo(ALICE)));
        all.put("getUserPortfolio/frame", in(30, new Request.GetUserPortfolio(ALICE)));
        all.put("getUserTransactionHistory/frame", in(31, new Request.GetUserTransactionHistory(ALICE, 0)));
        all.put("getUserTransactionHistory/nextPage", in(31, new Request.GetUserTransactionHistory(ALICE, 10_000)));
        all.put("getOrders/frame", in(32, new Request.GetOrders(true, Optional.empty())));
        all.put("getOrders/allBefore", in(33, new Request.GetOrders(false, Optional.of(new OrderId(17)))));
    }

    static Map<String, SentReturn> returns() {
        Map<String, SentReturn> all = new LinkedHashMap<>();
        all.put(
                "error/frame",
                reply(
                        0,
                        new Return.Failure(Refusal.of(
                                ReasonCode.UNSUPPORTED_VERSION,
                                "Protocol version 2 is not spoken here; version 1 is."))));
        all.put(
                "sessionID/frame",
                reply(7, new Return.SessionGranted(SESSION, Instant.parse("2026-01-05T22:00:00Z"), ALICE)));
        all.put("loginFail/frame", no(7, Instruction.LOGIN, ReasonCode.BAD_CREDENTIALS));
        all.put("registerSuccess/frame", reply(6, new Return.RegisterSuccess(ALICE)));
        all.put("registerFail/frame", no(6, Instruction.REGISTER, ReasonCode.USER_NAME_TAKEN));
        all.put(
                "purchaseSuccess/frame",
                reply(9, new Return.PurchaseSuccess(new OrderId(17), money("1108.3432"), money("8891.6568"), 42)));
        all.put("purchaseFail/frame", no(9, Instruction.PURCHASE_ASSET, ReasonCode.INSUFFICIENT_CASH));
        all.put("sellSuccess/frame", reply(10, new Return.SellSuccess(new OrderId(18), money("8942.125"), 44)));
        all.put("sellFail/frame", no(10, Instruction.SELL_ASSET, ReasonCode.INSUFFICIENT_POSITION));
        all.put("stateSwitchSuccess/frame", reply(11, new Return.StateSwitchSuccess(ConnectionState.DATA_TRANSFER)));
        all.put(
                "stateSwitchFail/frame",
                reply(
                        11,
                        Return.refusal(
                                Instruction.SWITCH_STATE,
                                Refusal.of(ReasonCode.BAD_ARGUMENTS, "A state is command or data."))));
        all.put("dataFail/frame", no(21, Instruction.GET_ASSET_VALUE_CURRENT, ReasonCode.UNKNOWN_ASSET));
        all.put("logoutSuccess/frame", reply(13, new Return.LogoutSuccess()));
        all.put("logoutFail/frame", no(13, Instruction.LOGOUT, ReasonCode.MASTER_UNAVAILABLE));
        all.put("cancelSuccess/frame", reply(14, new Return.CancelSuccess(new OrderId(18), money("8942.125"), 45)));
        all.put("cancelFail/frame", no(14, Instruction.CANCEL_ORDER, ReasonCode.ORDER_NOT_OPEN));
        all.put("subscribeSuccess/frame", reply(15, new Return.SubscribeSuccess()));
        all.put("subscribeFail/frame", no(15, Instruction.SUBSCRIBE, ReasonCode.UNAVAILABLE));
        all.put("pong/frame", reply(16, new Return.Pong(Instant.parse("2026-01-05T10:00:00.125Z"))));
        all.put("workers/frame", reply(1, new Return.Workers(workers())));
        all.put("workers/none", reply(1, new Return.Workers(List.of())));
        all.put("serverInfo/frame", reply(2, new Return.ServerInfoReturn(serverInfo())));
        putNotices(all);
        return all;
    }

    private static void putNotices(Map<String, SentReturn> all) {
        Return.Traded bought = new Return.Traded(new OrderId(17), Side.BUY, AAPL, Quantity.parse("10.5"));
        Return.Traded sold = new Return.Traded(new OrderId(18), Side.SELL, AAPL, Quantity.parse("2"));
        all.put(
                "orderFilled/frame",
                reply(
                        0,
                        new Return.OrderFilled(
                                bought,
                                Price.parse("100.75"),
                                money("-1057.875"),
                                Instant.parse("2026-01-05T10:00:30Z"))));
        all.put(
                "orderRejected/frame",
                reply(0, new Return.OrderRejected(sold, Refusal.of(ReasonCode.CANCELLED_BY_USER))));
        all.put("moveToWorker/frame", reply(0, new Return.MoveToWorker(Refusal.of(ReasonCode.SHUTTING_DOWN))));
        all.put("closing/frame", reply(0, new Return.Closing(Refusal.of(ReasonCode.IDLE_TIMEOUT))));
    }

    private static List<WorkerServer> workers() {
        return List.of(
                new WorkerServer(
                        UUID.fromString("0b9f1c1e-5b8e-4c3a-9a39-2f1f6f3f7a01"),
                        "worker-1",
                        "127.0.0.1",
                        2049,
                        "local",
                        "6ac360027eb26d1aa6305b76851095e4f7b547d897cd1db84ce97957c93b93d1"),
                new WorkerServer(
                        UUID.fromString("0b9f1c1e-5b8e-4c3a-9a39-2f1f6f3f7a02"),
                        "Zürich,1",
                        "2001:db8::7",
                        2049,
                        "eu-west",
                        ""));
    }

    private static ServerInfo serverInfo() {
        return new ServerInfo(
                List.of(1),
                "PaperTrader/0.1.0",
                "worker",
                "papertrader.example",
                "USD",
                Instant.parse("2026-01-05T10:00:00Z"),
                new ServerInfo.Market(
                        Instant.parse("2016-03-01T22:00:00Z"),
                        3600,
                        true,
                        Duration.ofSeconds(10),
                        Instant.parse("2026-01-05T10:00:10Z")),
                new ServerInfo.Terms(money("10000"), 5, Money.ZERO, 1000),
                new ServerInfo.Limits(Duration.ofMinutes(2), 1024));
    }

    private static Request purchase(String quantity, String id) {
        return new Request.Purchase(AAPL, Quantity.parse(quantity), id(id));
    }

    private static Request sell(String quantity, String id) {
        return new Request.Sell(BRK, Quantity.parse(quantity), id(id));
    }

    private static Optional<ClientOrderId> id(String id) {
        return id.isEmpty() ? Optional.empty() : Optional.of(new ClientOrderId(id));
    }

    private static AsOf at(String instant) {
        return new AsOf.At(Instant.parse(instant));
    }

    private static Money money(String text) {
        return Money.parse(text);
    }

    private static SentRequest open(long id, Request request) {
        return new SentRequest(id, SessionId.NONE, request);
    }

    private static SentRequest in(long id, Request request) {
        return new SentRequest(id, SESSION, request);
    }

    private static SentReturn reply(long id, Return answer) {
        return new SentReturn(id, answer);
    }

    private static SentReturn no(long id, Instruction request, ReasonCode code) {
        return new SentReturn(id, Return.refusal(request, Refusal.of(code)));
    }

    private static SessionId session() {
        byte[] bytes = new byte[SessionId.LENGTH];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return SessionId.of(bytes);
    }
}
