package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.papertrader.protocol.described.DescribedProtocol.get;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.model.AssetInfo;
import org.papertrader.model.Bar;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.Position;
import org.papertrader.model.Prediction;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.Volume;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.described.DescribedProtocol;

/** All that goes over the wire on a trader's day, read with a parser that is made of {@code docs/protocol.ksy} alone. */
@Tag("PRO-3")
class RecordedTrafficTest {
    @TempDir
    private static Path folder;

    private static final RecordedDay DAY = new RecordedDay();
    private static DescribedProtocol described;
    private static Conversation atMaster;
    private static Conversation trading;
    private static Conversation afterwards;

    @BeforeAll
    static void record() throws Exception {
        described = DescribedProtocol.compile(Path.of("../../docs"), folder.resolve("parser"));
        try (Installation installation = Installation.startPlaintext(folder.resolve("data"), 1_000);
                RecordingProxy master = new RecordingProxy(installation.masterPort);
                RecordingProxy worker = new RecordingProxy(installation.workerPort)) {
            DAY.askMaster(master.port());
            DAY.trade(worker.port());
            DAY.comeBack(worker.port());
            atMaster = Conversation.parse(described, master.recordings().get(0));
            trading = Conversation.parse(described, worker.recordings().get(0));
            afterwards = Conversation.parse(described, worker.recordings().get(1));
        }
    }

    @AfterAll
    static void close() throws Exception {
        described.close();
    }

    @Test
    void everyRequestAndWhatAnswersItAppears() {
        Set<String> seen = new TreeSet<>();
        Stream.of(atMaster, trading, afterwards)
                .flatMap(each -> Stream.concat(each.requests.stream(), each.returns.stream()))
                .forEach(frame -> seen.add(frame.instruction()));
        List<String> expected = new ArrayList<>();
        for (Instruction instruction : Instruction.values()) {
            if (instruction.isRequest()) {
                expected.add(instruction.name().toLowerCase(Locale.ROOT));
            }
        }
        expected.addAll(List.of(
                "session_id", "login_fail", "register_success", "register_fail", "purchase_success", "purchase_fail"));
        expected.addAll(List.of("sell_success", "sell_fail", "state_switch_success", "data_fail", "logout_success"));
        expected.addAll(List.of("cancel_success", "cancel_fail", "subscribe_success", "pong", "workers"));
        expected.addAll(List.of("server_info", "order_filled", "order_rejected", "data"));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void requestsAndReturnsAreReadAsTheClientMeantAndSawThem() {
        assertPurchases(trading.argumentsOf("purchase_asset"));
        assertThat(trading.argumentsOf("sell_asset"))
                .satisfiesExactly(
                        refused -> assertOrder(refused, "AAPL", "1"), sold -> assertOrder(sold, "AAPL", "4.25"));
        assertThat(trading.argumentsOf("switch_state"))
                .startsWith(List.of("data"))
                .contains(List.of("command"));
        assertThat(trading.answerTo("purchase_asset").arguments())
                .containsExactly(
                        DAY.bought.orderId().toString(),
                        DAY.bought.reserved().toString(),
                        DAY.bought.cashAvailable().toString(),
                        Long.toString(DAY.bought.accountVersion()));
        assertThat(trading.answerTo("sell_asset").arguments())
                .containsExactly(
                        DAY.sold.orderId().toString(),
                        DAY.sold.cashAvailable().toString(),
                        Long.toString(DAY.sold.accountVersion()));
        String filled = DAY.filled.traded().orderId().toString();
        assertThat(trading.returns)
                .filteredOn(frame -> frame.instruction().equals("order_filled"))
                .filteredOn(frame -> frame.arguments().get(0).equals(filled))
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.requestId()).isZero();
                    assertThat(notice.arguments())
                            .containsExactly(
                                    filled,
                                    "buy",
                                    "AAPL",
                                    "10.5",
                                    DAY.filled.price().toString(),
                                    DAY.filled.cashEffect().toString(),
                                    DAY.filled.completed().toString());
                });
        assertThat(afterwards.requests)
                .allSatisfy(frame -> assertThat(frame.sessionId()).isEqualTo(DAY.session.toBytes()));
        assertThat(String.join(" ", atMaster.answerTo("get_workers").arguments()))
                .contains(DAY.workers.get(0).uuid().toString());
    }

    @Test
    @Tag("DS-3")
    void pricesAreReadAsTheClientSawThem() throws Exception {
        Object current = trading.bodyOf("get_asset_value_current");
        assertThat(text(current, "symbol")).isEqualTo("AAPL");
        assertThat(text(current, "source")).isEqualTo(DAY.quote.asset().source());
        assertThat(bar(get(current, "value"))).isEqualTo(DAY.quote.asset().bar());
        assertThat(trading.answerTo("get_asset_value_current").arguments()).startsWith("unknownAsset");

        Prediction seen = DAY.predicted.prediction();
        Object prediction = trading.bodyOf("get_asset_value_predicted");
        assertThat(List.of(price(prediction, "value"), price(prediction, "low"), price(prediction, "high")))
                .containsExactly(seen.value(), seen.low(), seen.high());
        assertThat(time(prediction, "target")).isEqualTo(seen.target());

        List<AssetInfo> assets = new ArrayList<>();
        for (Object fields : rows(trading.bodyOf("list_assets"))) {
            assets.add(new AssetInfo(
                    new Symbol(text(fields, "symbol")),
                    text(fields, "name"),
                    text(fields, "assetClass"),
                    text(fields, "source"),
                    (int) get(fields, "hasValue") == 0 ? null : bar(get(fields, "value"))));
        }
        assertThat(assets).isNotEmpty().isEqualTo(DAY.assets);
    }

    @Test
    @Tag("DS-3")
    @Tag("PRO-11")
    void seriesAreReadRowForRowAsTheClientSawThem() throws Exception {
        assertThat(bars("get_asset_value_year")).isNotEmpty().isEqualTo(DAY.year.rows());
        assertThat(bars("get_asset_value_all_time")).hasSizeGreaterThan(10).isEqualTo(DAY.allTime.rows());
    }

    @Test
    @Tag("DS-4")
    void thePortfolioIsReadAsItsOwnerSawIt() throws Exception {
        Object portfolio = afterwards.bodyOf("get_user_portfolio");
        Object own = get(portfolio, "privatePart");
        assertThat(text(portfolio, "owner")).isEqualTo("ada");
        assertThat(money(portfolio, "totalValue")).isEqualTo(DAY.portfolio.totalValue());
        assertThat(money(own, "cash")).isEqualTo(DAY.portfolio.cash());
        assertThat(money(own, "reservedCash")).isEqualTo(DAY.portfolio.reservedCash());
        assertThat(get(own, "version")).isEqualTo(DAY.portfolio.version());
        assertThat(time(own, "asOf")).isEqualTo(DAY.portfolio.asOf());
        List<Position> positions = new ArrayList<>();
        for (Object fields : rows(own)) {
            positions.add(new Position(
                    new Symbol(text(fields, "symbol")),
                    quantity(fields, "quantity"),
                    quantity(fields, "reserved"),
                    money(fields, "costBasis"),
                    money(fields, "realisedProfit"),
                    (int) get(fields, "hasPrice") == 0 ? null : price(fields, "lastPrice"),
                    money(fields, "marketValue")));
        }
        assertThat(positions).isNotEmpty().isEqualTo(DAY.portfolio.positions());
    }

    @Test
    @Tag("DS-4")
    void historyAndOrdersAreReadAsTheirOwnerSawThem() throws Exception {
        List<?> history = rows(afterwards.bodyOf("get_user_transaction_history"));
        assertThat(history).hasSameSizeAs(DAY.history).hasSizeGreaterThan(3);
        for (int i = 0; i < history.size(); i++) {
            checkTransaction(history.get(i), DAY.history.get(i));
        }
        List<?> orders = rows(afterwards.bodyOf("get_orders"));
        assertThat(orders).hasSameSizeAs(DAY.orders).hasSizeGreaterThan(2);
        for (int i = 0; i < orders.size(); i++) {
            checkOrder(orders.get(i), DAY.orders.get(i));
        }
    }

    /** One is taken back; before it there may be some that an interval was quicker to fill. */
    private static void assertPurchases(List<List<String>> purchases) {
        int last = purchases.size() - 1;
        assertOrder(purchases.get(0), "AAPL", "1000000");
        assertThat(purchases.subList(1, last)).isNotEmpty().allSatisfy(taken -> assertOrder(taken, "GOOGL", "1"));
        assertThat(purchases.get(last)).containsExactly("AAPL", "10.5", "my-order");
    }

    /** The client gives each order an id of its own when the caller names none. */
    private static void assertOrder(List<String> arguments, String symbol, String quantity) {
        assertThat(arguments).hasSize(3).startsWith(symbol, quantity);
        assertThat(arguments.get(2)).hasSize(36);
    }

    private static void checkTransaction(Object fields, Transaction seen) throws Exception {
        assertThat(get(fields, "id")).isEqualTo(seen.id());
        assertThat(name(fields, "kind")).isEqualTo(seen.kind().name());
        assertThat(get(fields, "orderId"))
                .isEqualTo(seen.order() == null ? 0L : seen.order().value());
        assertThat(text(fields, "symbol"))
                .isEqualTo(seen.symbol() == null ? "" : seen.symbol().value());
        assertThat(quantity(fields, "quantity")).isEqualTo(seen.quantity());
        assertThat(price(fields, "price")).isEqualTo(seen.price());
        assertThat(money(fields, "cashEffect")).isEqualTo(seen.cashEffect());
        assertThat(name(fields, "outcome")).isEqualTo(seen.outcome().name());
        assertThat(text(fields, "reasonCode"))
                .isEqualTo(seen.reason() == null ? "" : seen.reason().code().code());
        assertThat(time(fields, "issued")).isEqualTo(seen.times().issued());
        assertThat(time(fields, "accepted")).isEqualTo(seen.times().accepted());
        assertThat(time(fields, "completed")).isEqualTo(seen.times().completed());
        assertThat(time(fields, "completedMarket")).isEqualTo(seen.times().completedMarket());
        assertThat(time(fields, "priceTime"))
                .isEqualTo(
                        seen.times().priceTime() == null
                                ? Instant.EPOCH
                                : seen.times().priceTime());
        assertThat(text(fields, "priceSource")).isEqualTo(seen.priceSource());
    }

    private static void checkOrder(Object fields, Order seen) throws Exception {
        assertThat(get(fields, "id")).isEqualTo(seen.id().value());
        assertThat(name(fields, "side")).isEqualTo(seen.side().name());
        assertThat(text(fields, "symbol")).isEqualTo(seen.symbol().value());
        assertThat(quantity(fields, "quantity")).isEqualTo(seen.quantity());
        assertThat(text(fields, "clientOrderId"))
                .isEqualTo(
                        seen.clientOrderId() == null ? "" : seen.clientOrderId().value());
        assertThat(time(fields, "acceptedMarket")).isEqualTo(seen.times().acceptedMarket());
        assertThat(money(fields, "reserved")).isEqualTo(seen.reserved());
        assertThat(name(fields, "status")).isEqualTo(seen.status().name());
        assertThat(time(fields, "closedAt")).isEqualTo(seen.closedAt());
    }

    private static List<Bar> bars(String instruction) throws Exception {
        Object series = trading.bodyOf(instruction);
        assertThat(text(series, "symbol")).isEqualTo("AAPL");
        List<Bar> bars = new ArrayList<>();
        for (Object row : (List<?>) get(series, "rows")) {
            bars.add(bar(row));
        }
        return bars;
    }

    private static List<?> rows(Object table) throws Exception {
        List<Object> rows = new ArrayList<>();
        for (Object row : (List<?>) get(table, "rows")) {
            rows.add(get(row, "fields"));
        }
        return rows;
    }

    private static Bar bar(Object fields) throws Exception {
        return new Bar(
                time(fields, "start"),
                time(fields, "end"),
                price(fields, "open"),
                price(fields, "high"),
                price(fields, "low"),
                price(fields, "close"),
                new Volume((long) get(fields, "volume", "mantissa"), (int) get(fields, "volume", "scale")));
    }

    private static String text(Object fields, String name) throws Exception {
        return (String) get(fields, name, "value");
    }

    private static String name(Object fields, String name) throws Exception {
        return get(fields, name).toString();
    }

    private static Instant time(Object fields, String name) throws Exception {
        return Instant.ofEpochMilli((long) get(fields, name));
    }

    private static Price price(Object fields, String name) throws Exception {
        return Price.of(decimal(fields, name));
    }

    private static Money money(Object fields, String name) throws Exception {
        return Money.of(decimal(fields, name));
    }

    private static Quantity quantity(Object fields, String name) throws Exception {
        return Quantity.of(decimal(fields, name));
    }

    private static BigDecimal decimal(Object fields, String name) throws Exception {
        return BigDecimal.valueOf((long) get(fields, name, "mantissa"), (int) get(fields, name, "scale"));
    }
}
