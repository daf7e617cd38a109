package org.papertrader.master.internal;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.papertrader.accounts.api.Accounts;
import org.papertrader.accounts.api.Credentials;
import org.papertrader.accounts.api.LoginOutcome;
import org.papertrader.accounts.api.LogoutOutcome;
import org.papertrader.accounts.api.RegisterOutcome;
import org.papertrader.accounts.api.Registration;
import org.papertrader.accounts.api.UserInfoOutcome;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.WorkerLinks;
import org.papertrader.marketdata.api.AssetListQuery;
import org.papertrader.marketdata.api.AssetListReply;
import org.papertrader.marketdata.api.MarketData;
import org.papertrader.marketdata.api.MarketQuery;
import org.papertrader.marketdata.api.MarketReply;
import org.papertrader.marketdata.api.MarketStatus;
import org.papertrader.model.AccountId;
import org.papertrader.model.Caller;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.model.UserName;
import org.papertrader.model.WorkerServer;
import org.papertrader.model.WorkerStatus;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.PayloadCodec;
import org.papertrader.sessions.api.PresenceListener;
import org.papertrader.sessions.api.SessionCheck;
import org.papertrader.sessions.api.Sessions;
import org.papertrader.trading.api.CancelOutcome;
import org.papertrader.trading.api.OrderOutcome;
import org.papertrader.trading.api.OrderTicket;
import org.papertrader.trading.api.OrdersOutcome;
import org.papertrader.trading.api.PortfolioOutcome;
import org.papertrader.trading.api.Trading;
import org.papertrader.trading.api.TradingTerms;
import org.papertrader.trading.api.TransactionsOutcome;
import org.papertrader.workers.api.Workers;

/** Modules that record what they are asked and answer what the test says. */
final class Fakes {
    static final Instant NOW = Instant.parse("2026-03-02T14:30:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final SessionId SESSION = SessionId.parse("42".repeat(32));
    static final UUID WORKER = new UUID(0, 1);
    static final MasterSettings SETTINGS = new MasterSettings(10, Duration.ofSeconds(2), "realm", "USD");
    static final MarketStatus STATUS =
            new MarketStatus(NOW.plusSeconds(9), 60, Duration.ofSeconds(5), NOW.plusSeconds(3), true, "replay");
    static final TradingTerms.Terms TERMS = new TradingTerms.Terms(Money.parse("100000"), 5, Money.ZERO, 1_000);
    static final WorkerServer SERVER = new WorkerServer(WORKER, "alpha", "203.0.113.5", 2049, "eu", "");

    private Fakes() {}

    static Caller caller(SessionId session) {
        return new Caller(session, InetAddress.getLoopbackAddress(), WORKER, 7, NOW);
    }

    static Session session() {
        return new Session(
                new AccountId(3), new UserName("alice"), NOW.plusSeconds(60), true, InetAddress.getLoopbackAddress());
    }

    /** What a module was asked, and what it answers: a value, a refusal or a failure. */
    static final class Script {
        final List<Object> asked = new CopyOnWriteArrayList<>();
        volatile Function<Object, CompletionStage<?>> answer = question -> {
            throw new AssertionError("not expected: " + question);
        };

        void answers(Object value) {
            answer = question -> CompletableFuture.completedFuture(value);
        }

        void fails(Throwable failure) {
            answer = question -> CompletableFuture.failedFuture(failure);
        }

        @SuppressWarnings("unchecked")
        <T> CompletionStage<T> ask(Object question) {
            asked.add(question);
            return (CompletionStage<T>) answer.apply(question);
        }
    }

    static final class FakeAccounts implements Accounts {
        final Script script = new Script();

        @Override
        public CompletionStage<RegisterOutcome> register(Caller caller, Registration registration) {
            return script.ask(registration);
        }

        @Override
        public CompletionStage<LoginOutcome> login(Caller caller, Credentials credentials) {
            return script.ask(credentials);
        }

        @Override
        public CompletionStage<LoginOutcome> resume(Caller caller) {
            return script.ask(caller);
        }

        @Override
        public CompletionStage<LogoutOutcome> logout(Caller caller) {
            return script.ask(caller);
        }

        @Override
        public CompletionStage<UserInfoOutcome> userInfo(Caller caller, UserName user) {
            return script.ask(user);
        }
    }

    static final class FakeTrading implements Trading {
        final Script script = new Script();
        volatile @Nullable Caller stamped;

        @Override
        public CompletionStage<OrderOutcome> submit(Caller caller, OrderTicket ticket) {
            stamped = caller;
            return script.ask(ticket);
        }

        @Override
        public CompletionStage<CancelOutcome> cancel(Caller caller, OrderId order) {
            return script.ask(order);
        }

        @Override
        public CompletionStage<PortfolioOutcome> portfolio(Caller caller, UserName user) {
            return script.ask(user);
        }

        @Override
        public CompletionStage<TransactionsOutcome> transactions(Caller caller, UserName user, long after) {
            return script.ask(user + " " + after);
        }

        @Override
        public CompletionStage<OrdersOutcome> orders(Caller caller, boolean onlyOpen, OrderId before) {
            return script.ask(onlyOpen + " " + before);
        }
    }

    static final class FakeMarket implements MarketData {
        final Script script = new Script();
        volatile Optional<MarketStatus> status = Optional.of(STATUS);

        @Override
        public CompletionStage<MarketReply> query(Caller caller, MarketQuery query) {
            return script.ask(query);
        }

        @Override
        public CompletionStage<AssetListReply> list(Caller caller, AssetListQuery query) {
            return script.ask(query);
        }

        @Override
        public Optional<MarketStatus> status() {
            return status;
        }
    }

    /** Knows one session; records presence as text. */
    static final class FakeSessions implements Sessions, PresenceListener {
        final List<String> presence = new CopyOnWriteArrayList<>();

        @Override
        public CompletionStage<SessionCheck> check(Caller caller) {
            return CompletableFuture.completedFuture(
                    caller.session().equals(SESSION)
                            ? new SessionCheck.Active(session())
                            : new SessionCheck.Inactive(Refusal.of(ReasonCode.NO_SESSION)));
        }

        @Override
        public void presence(UUID worker, List<Presence> changes) {
            changes.forEach(change -> presence.add(worker.getLeastSignificantBits()
                    + (change.connected() ? "+" : "-")
                    + change.session().toHex().substring(0, 2)));
        }

        @Override
        public void presenceReset(UUID worker) {
            presence.add(worker.getLeastSignificantBits() + " reset");
        }
    }

    static final class FakeWorkers implements Workers {
        volatile List<WorkerServer> available = List.of(SERVER);
        volatile WorkerClock clock = new WorkerClock.Ahead(Duration.ZERO);

        @Override
        public Knock knock(UUID worker, InetAddress address) {
            return new Knock.Known(List.of());
        }

        @Override
        public Admission admit(WorkerHello hello, InetAddress address) {
            return new Admission.Admitted();
        }

        @Override
        public void left(UUID worker) {}

        @Override
        public void reported(UUID worker, Instant asked, WorkerStatus status) {}

        @Override
        public WorkerClock clock(UUID worker) {
            return clock;
        }

        @Override
        public List<WorkerServer> available(@Nullable UUID near) {
            return available;
        }
    }

    /** Writes the payload's text. */
    static final class FakeCodec implements PayloadCodec {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public byte[] encode(Payload payload) {
            return payload.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public DecodeResult<Payload> decode(Instruction request, byte[] data) {
            throw new AssertionError("the master decodes no payload");
        }

        @Override
        public byte[] markStale(byte[] payload) {
            throw new AssertionError("the master serves nothing stale");
        }

        @Override
        public boolean isStale(byte[] payload) {
            return false;
        }
    }

    static final class FakeLinks implements WorkerLinks {
        final List<LinkPush> pushes = new CopyOnWriteArrayList<>();
        volatile List<UUID> connected = List.of();

        @Override
        public void push(LinkPush push) {
            pushes.add(push);
        }

        @Override
        public void push(UUID worker, LinkPush push) {
            pushes.add(push);
        }

        @Override
        public List<UUID> connected() {
            return connected;
        }

        @Override
        public void close(UUID worker, String text) {}
    }

    /** A router with all its modules. */
    static final class Master implements AutoCloseable {
        final FakeAccounts accounts = new FakeAccounts();
        final FakeTrading trading = new FakeTrading();
        volatile TradingTerms.Terms terms = TERMS;
        final FakeMarket market = new FakeMarket();
        final FakeSessions sessions = new FakeSessions();
        final FakeWorkers workers = new FakeWorkers();
        final FakeCodec codec = new FakeCodec();
        final RouterComponent router = new RouterComponent(SETTINGS, CLOCK);

        Master() {
            router.bindAccounts(accounts, Map.of());
            router.bindTrading(trading, Map.of());
            router.bindTerms(() -> terms, Map.of());
            router.bindMarketData(market, Map.of());
            router.bindSessions(sessions, Map.of());
            router.bindPresence(sessions, Map.of());
            router.bindWorkers(workers, Map.of());
            router.bindCodec(codec, Map.of());
        }

        @Override
        public void close() {
            router.deactivate();
        }
    }
}
