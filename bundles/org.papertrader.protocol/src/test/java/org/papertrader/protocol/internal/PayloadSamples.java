package org.papertrader.protocol.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.papertrader.model.AccountId;
import org.papertrader.model.Asset;
import org.papertrader.model.AssetInfo;
import org.papertrader.model.Bar;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Email;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.OrderTimes;
import org.papertrader.model.Portfolio;
import org.papertrader.model.Position;
import org.papertrader.model.Prediction;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.Transaction.TransactionTimes;
import org.papertrader.model.Volume;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.Payload;

/** What each golden data packet says, with the request that it answers. */
final class PayloadSamples {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final Payload.Stamp MARKET = Payload.Stamp.until(NOW, NOW.plusSeconds(10));
    private static final Payload.Stamp USER = Payload.Stamp.once(NOW);
    private static final Instant BOUGHT = NOW.plusSeconds(3);
    private static final Instant FILLED = NOW.plusSeconds(30);
    private static final Instant SOLD = NOW.plusSeconds(63);
    private static final Payload.Stamp AFTER_THE_SALE = Payload.Stamp.once(SOLD.plusSeconds(2));
    private static final Payload.Stamp AFTER_THE_CANCEL = Payload.Stamp.once(SOLD.plusSeconds(12));
    private static final Payload.Stamp LATER = Payload.Stamp.once(NOW.plusSeconds(180));
    private static final Instant FIRST_END = Instant.parse("2016-03-01T21:00:00Z");
    private static final Symbol AAPL = Samples.AAPL;

    private static final Bar FIRST = new Bar(
            Instant.parse("2016-03-01T00:00:00Z"),
            FIRST_END,
            Price.parse("97.65"),
            Price.parse("100.77"),
            Price.parse("97.42"),
            Price.parse("100.53"),
            Volume.of(new BigDecimal("50407100")));
    private static final Bar SECOND = new Bar(
            Instant.parse("2016-03-02T00:00:00Z"),
            Instant.parse("2016-03-02T21:00:00Z"),
            Price.parse("100.51"),
            Price.parse("100.89"),
            Price.parse("99.64"),
            Price.parse("100.75"),
            new Volume(331695600, 4));

    private PayloadSamples() {}

    /** A golden payload and what asked for it. */
    record Sent(Instruction request, Payload payload) {}

    static Payload.Series series() {
        return new Payload.Series(
                Payload.Stamp.until(NOW.plusSeconds(40), NOW.plusSeconds(50)), AAPL, "replay", List.of(FIRST, SECOND));
    }

    static Map<String, Sent> all() {
        Map<String, Sent> all = new LinkedHashMap<>();
        AssetInfo apple = new AssetInfo(AAPL, "Apple Inc.", "equity", "replay", FIRST);
        AssetInfo fresh = new AssetInfo(new Symbol("NEW"), "NEW", "other", "replay", null);
        AssetInfo bitcoin = new AssetInfo(new Symbol("BTC/USD"), "Bitcoin", "crypto", "simulated", null);
        put(all, "assetInfo", Instruction.GET_ASSET_INFO, new Payload.AssetDetails(MARKET, apple));
        put(all, "assetInfoWithoutValue", Instruction.GET_ASSET_INFO, new Payload.AssetDetails(MARKET, fresh));
        put(
                all,
                "currentValue",
                Instruction.GET_ASSET_VALUE_CURRENT,
                new Payload.CurrentValue(MARKET, new Asset(AAPL, FIRST, "replay")));
        put(all, "series", Instruction.GET_ASSET_VALUE_DAY, series());
        put(all, "seriesEmpty", Instruction.GET_ASSET_VALUE_DAY, new Payload.Series(MARKET, AAPL, "", List.of()));
        put(all, "prediction", Instruction.GET_ASSET_VALUE_PREDICTED, new Payload.Predicted(MARKET, prediction()));
        put(all, "assetList", Instruction.LIST_ASSETS, new Payload.AssetPage(MARKET, true, List.of(apple, bitcoin)));
        putUsers(all);
        put(
                all,
                "transactions",
                Instruction.GET_USER_TRANSACTION_HISTORY,
                new Payload.TransactionPage(AFTER_THE_CANCEL, Samples.ALICE, true, false, transactions()));
        put(
                all,
                "transactionsPublic",
                Instruction.GET_USER_TRANSACTION_HISTORY,
                new Payload.TransactionPage(USER, Samples.ALICE, false, false, List.of()));
        put(all, "orders", Instruction.GET_ORDERS, new Payload.OrderPage(AFTER_THE_SALE, true, orders()));
        return all;
    }

    private static void putUsers(Map<String, Sent> all) {
        Instant registered = Instant.parse("2026-01-02T08:00:00Z");
        Payload.OwnInfo own = new Payload.OwnInfo(new Email("alice@example.org"), true, false);
        put(
                all,
                "userInfoOwn",
                Instruction.GET_USER_INFO,
                new Payload.UserInfo(USER, Samples.ALICE, registered, Optional.of(own)));
        put(
                all,
                "userInfoPublic",
                Instruction.GET_USER_INFO,
                new Payload.UserInfo(USER, Samples.ALICE, registered, Optional.empty()));
        put(all, "portfolioOwn", Instruction.GET_USER_PORTFOLIO, new Payload.OwnPortfolio(LATER, portfolio()));
        put(
                all,
                "portfolioPublic",
                Instruction.GET_USER_PORTFOLIO,
                new Payload.PublicPortfolio(LATER, Samples.ALICE, Money.parse("10004.375")));
    }

    private static Prediction prediction() {
        return new Prediction(
                AAPL,
                Price.parse("101.2"),
                Price.parse("92.75"),
                Price.parse("110.4"),
                90,
                Instant.parse("2016-04-02T00:00:00Z"),
                FIRST_END,
                "drift");
    }

    private static Portfolio portfolio() {
        Position held = new Position(
                AAPL,
                Quantity.parse("10.5"),
                Quantity.parse("2"),
                Money.parse("1057.875"),
                Money.ZERO,
                Price.parse("101.5"),
                Money.parse("1065.75"));
        Position closed = new Position(
                new Symbol("NEW"), Quantity.ZERO, Quantity.ZERO, Money.ZERO, Money.parse("-3.5"), null, Money.ZERO);
        return new Portfolio(
                Samples.ALICE,
                Money.parse("8938.625"),
                Money.parse("100"),
                50,
                List.of(held, closed),
                Instant.parse("2016-03-09T10:00:00Z"));
    }

    private static List<Transaction> transactions() {
        Instant start = NOW.minusSeconds(60);
        return List.of(
                new Transaction(
                        1,
                        Transaction.Kind.DEPOSIT,
                        null,
                        null,
                        Quantity.ZERO,
                        Price.ZERO,
                        Money.parse("10000"),
                        OrderStatus.FILLED,
                        null,
                        new TransactionTimes(start, start, start, Instant.parse("2016-02-28T10:00:00Z"), null),
                        ""),
                new Transaction(
                        2,
                        Transaction.Kind.BUY,
                        new OrderId(17),
                        AAPL,
                        Quantity.parse("10.5"),
                        Price.parse("100.75"),
                        Money.parse("-1057.875"),
                        OrderStatus.FILLED,
                        null,
                        new TransactionTimes(
                                BOUGHT,
                                BOUGHT.plusMillis(100),
                                FILLED,
                                Instant.parse("2016-03-03T04:00:00Z"),
                                SECOND.end()),
                        "replay"),
                new Transaction(
                        3,
                        Transaction.Kind.SELL,
                        new OrderId(18),
                        AAPL,
                        Quantity.parse("2"),
                        Price.ZERO,
                        Money.ZERO,
                        OrderStatus.CANCELLED,
                        Refusal.of(ReasonCode.CANCELLED_BY_USER),
                        new TransactionTimes(
                                SOLD,
                                SOLD.plusMillis(100),
                                SOLD.plusSeconds(5),
                                Instant.parse("2016-03-04T18:00:00Z"),
                                null),
                        ""));
    }

    private static List<Order> orders() {
        return List.of(
                new Order(
                        new OrderId(18),
                        new AccountId(3),
                        Side.SELL,
                        AAPL,
                        Quantity.parse("2"),
                        null,
                        new OrderTimes(SOLD, SOLD.plusMillis(100), Instant.parse("2016-03-04T13:06:00Z")),
                        Money.ZERO,
                        OrderStatus.OPEN,
                        Refusal.of(ReasonCode.WAITING_FOR_INTERVAL),
                        null),
                new Order(
                        new OrderId(17),
                        new AccountId(3),
                        Side.BUY,
                        AAPL,
                        Quantity.parse("10.5"),
                        new ClientOrderId("first-order"),
                        new OrderTimes(BOUGHT, BOUGHT.plusMillis(100), Instant.parse("2016-03-02T01:06:00Z")),
                        Money.ZERO,
                        OrderStatus.FILLED,
                        null,
                        FILLED));
    }

    private static void put(Map<String, Sent> all, String name, Instruction request, Payload payload) {
        all.put("data/" + name, new Sent(request, payload));
    }
}
