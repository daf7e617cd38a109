package org.papertrader.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.ClientOptions;
import org.papertrader.client.Period;
import org.papertrader.client.RefusedException;
import org.papertrader.client.ServerTrust;
import org.papertrader.client.WorkerSource;
import org.papertrader.model.Bar;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
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

/** A trader's day, step by step; throws {@link IllegalStateException} when a step does not go as it should. */
final class DemoDay {
    private static final UserName USER = new UserName("ada");
    private static final List<Symbol> SYMBOLS = List.of(new Symbol("AAPL"), new Symbol("GOOGL"), new Symbol("TSLA"));
    private static final Duration FILL_LIMIT = Duration.ofSeconds(30);

    private final PrintWriter out;
    private final Output output;
    private final int masterPort;
    private final ClientOptions options;
    private final SessionFile sessions;
    private final String password;
    private final Map<OrderId, CountDownLatch> ended = new ConcurrentHashMap<>();
    private int step;

    /** @param masterCertificate fingerprint of the master's certificate; the workers' come with its list */
    DemoDay(PrintWriter out, int masterPort, String masterCertificate, Path folder) {
        this.out = out;
        this.output = new Output(out, false);
        this.masterPort = masterPort;
        this.options = ClientOptions.defaults().withTrust(ServerTrust.pinned(masterCertificate));
        this.sessions = new SessionFile(folder.resolve("session"));
        byte[] random = new byte[12];
        new SecureRandom().nextBytes(random);
        this.password = HexFormat.of().formatHex(random);
    }

    void play() throws InterruptedException {
        WorkerSource workers = askMasterForWorkers();
        SessionId session;
        try (BlockingTraderClient client = connect(workers)) {
            registerAndLogIn(client);
            look(client);
            trade(client);
            session = client.session();
            sessions.write(new SessionFile.Kept(USER, session, Optional.empty()));
        }
        try (BlockingTraderClient client = connect(workers)) {
            comeBack(client);
        }
    }

    private WorkerSource askMasterForWorkers() {
        title("The master, known by its certificate, lists its workers and theirs");
        try (BlockingTraderClient master = BlockingTraderClient.connect("127.0.0.1", masterPort, options)) {
            List<WorkerServer> workers = master.workers();
            output.show(ServerCommands.workers(workers));
            check(!workers.isEmpty(), "no worker is listed");
            return WorkerSource.master("127.0.0.1", masterPort).withKnown(workers);
        }
    }

    private BlockingTraderClient connect(WorkerSource workers) {
        return BlockingTraderClient.connect(workers, options.withNotices(this::notice));
    }

    private void registerAndLogIn(BlockingTraderClient client) {
        title("Register and log in, through the worker");
        client.register(USER.value(), "ada@example.org", password);
        Return.SessionGranted granted = client.login(USER.value(), password, false);
        output.show(Report.Facts.of(
                "user",
                granted.userName().value(),
                "session expires",
                granted.expires().toString()));
        check(
                refusal(() -> client.login(USER.value(), password + "x", false)) == ReasonCode.BAD_CREDENTIALS,
                "a wrong password was not refused");
    }

    private void look(BlockingTraderClient client) {
        title("Quotes: real prices, replayed");
        output.show(MarketCommands.quotes(SYMBOLS.stream().map(client::quote).toList()));
        AsOf now = new AsOf.At(client.serverInfo().market().time());
        title("AAPL: the last day of trading, and the past year by month");
        // Market time may be on a weekend.
        Bar last = client.quote(SYMBOLS.get(0)).asset().bar();
        Payload.Series day = client.history(SYMBOLS.get(0), Period.DAY, new AsOf.At(last.end()));
        output.show(MarketCommands.bars(day.rows()));
        check(day.rows().contains(last), "the last day's history lacks the quote's bar " + last);
        Payload.Series year = client.history(SYMBOLS.get(0), Period.YEAR, now);
        output.show(new Report.Drawing(Chart.draw(year.rows())));
        check(
                year.rows().size() >= 11,
                "a year has 11 or more months of history, not " + year.rows().size());
        Payload.Predicted predicted =
                client.predict(SYMBOLS.get(0), new AsOf.At(now.end().plus(Duration.ofDays(30))));
        out.printf(
                "   predicted in 30 days: %s, with %d %% between %s and %s%n",
                predicted.prediction().value(),
                predicted.prediction().confidencePercent(),
                predicted.prediction().low(),
                predicted.prediction().high());
    }

    private void trade(BlockingTraderClient client) throws InterruptedException {
        client.subscribe();
        title("Orders that are refused, with their reasons");
        refused(client, "AAPL", "1000000", ReasonCode.INSUFFICIENT_CASH);
        refused(client, "NOPE", "1", ReasonCode.UNKNOWN_ASSET);
        title("Buy three assets; they fill at the next update interval with a newer price");
        List<OrderId> orders = SYMBOLS.stream()
                .map(symbol -> {
                    Return.PurchaseSuccess done = client.buy(symbol, Quantity.parse("10"), null);
                    out.printf(
                            "   order %s: 10 %s, %s reserved, %s free%n",
                            done.orderId(), symbol, done.reserved(), done.cashAvailable());
                    return done.orderId();
                })
                .toList();
        output.show(TradingCommands.orders(client.orders(true)));
        for (OrderId order : orders) {
            awaitEnd(order);
        }
        title("Sell half of one");
        Return.SellSuccess sale = client.sell(SYMBOLS.get(0), Quantity.parse("5"), null);
        awaitEnd(sale.orderId());
    }

    private void comeBack(BlockingTraderClient client) {
        title("Come back with the stored session");
        SessionFile.Kept kept = sessions.read().orElseThrow();
        Return.SessionGranted again = client.resume(kept.session());
        check(again.sessionId().equals(kept.session()), "another session id came back");
        title("Portfolio with profit and loss");
        Payload.OwnPortfolio portfolio = (Payload.OwnPortfolio) client.portfolio(USER);
        output.show(TradingCommands.portfolio(portfolio.portfolio()));
        title("Transaction history");
        List<Transaction> history = client.transactions(USER);
        output.show(TradingCommands.transactions(history));
        checkMoney(portfolio.portfolio(), history);
        title("Log out");
        client.logout();
        check(refusal(() -> client.resume(kept.session())) == ReasonCode.NO_SESSION, "the session still works");
        out.println("   the session has ended: it cannot be taken up again");
        title("Stop both processes");
        out.flush();
    }

    private void checkMoney(Portfolio portfolio, List<Transaction> history) {
        check(
                history.stream()
                                .filter(line -> line.outcome() == OrderStatus.FILLED)
                                .count()
                        == 5,
                "one deposit, three purchases and a sale should have gone through");
        String cash = history.stream()
                .map(Transaction::cashEffect)
                .reduce(Money::plus)
                .orElseThrow()
                .toString();
        check(cash.equals(portfolio.cash().toString()), "history adds up to " + cash + ", not " + portfolio.cash());
        out.println("   the history's cash effects add up to the cash above, to the last digit");
    }

    private void refused(BlockingTraderClient client, String symbol, String quantity, ReasonCode expected) {
        try {
            client.buy(new Symbol(symbol), Quantity.parse(quantity), null);
        } catch (RefusedException e) {
            check(e.refusal().code() == expected, "refused with " + e.refusal());
            out.printf("   buy %s %s: %s%n", quantity, symbol, e.getMessage());
            return;
        }
        throw new IllegalStateException("buying " + quantity + " " + symbol + " was not refused");
    }

    private static ReasonCode refusal(Runnable call) {
        try {
            call.run();
        } catch (RefusedException e) {
            return e.refusal().code();
        }
        throw new IllegalStateException("nothing was refused");
    }

    private void notice(Return notice) {
        Notices.text(notice).ifPresent(text -> out.println("   " + text));
        if (notice instanceof Return.OrderFilled filled) {
            latch(filled.traded().orderId()).countDown();
        } else if (notice instanceof Return.OrderRejected rejected) {
            latch(rejected.traded().orderId()).countDown();
        }
    }

    private void awaitEnd(OrderId order) throws InterruptedException {
        check(
                latch(order).await(FILL_LIMIT.toSeconds(), TimeUnit.SECONDS),
                "order " + order + " did not fill within " + FILL_LIMIT.toSeconds() + " s");
    }

    private CountDownLatch latch(OrderId order) {
        return ended.computeIfAbsent(order, id -> new CountDownLatch(1));
    }

    private void title(String text) {
        step++;
        out.println();
        out.println(step + ". " + text);
        out.flush();
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("demo: " + otherwise);
        }
    }
}
