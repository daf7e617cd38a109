package org.papertrader.gateway.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.accounts.api.LogoutOutcome;
import org.papertrader.cache.api.CacheKey;
import org.papertrader.cache.api.CachedPayload;
import org.papertrader.gate.Edge;
import org.papertrader.link.api.LinkDownException;
import org.papertrader.link.api.LinkPush.AccountNotice;
import org.papertrader.model.AccountId;
import org.papertrader.model.Caller;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.ProtocolV1;
import org.papertrader.protocol.api.ConnectionState;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.PayloadCodec;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.sessions.api.SessionCheck;
import org.papertrader.transport.api.CarriedSessions;
import org.papertrader.transport.api.IncomingRequest;

class GatewayTest {
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final Session ADA = new Session(
            new AccountId(1),
            new UserName("ada"),
            Instant.parse("2030-01-01T00:00:00Z"),
            true,
            InetAddress.getLoopbackAddress());
    private static final Session BOB =
            new Session(new AccountId(2), new UserName("bob"), ADA.expires(), true, InetAddress.getLoopbackAddress());
    private static final SessionId ID = id(1);
    private static final Request BUY = new Request.Purchase(AAPL, Quantity.parse("1"), Optional.empty());

    private final FrameCodec codec = ProtocolV1.frames();
    private final PayloadCodec payloads = ProtocolV1.payloads();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Backend backend = new Backend();
    private final Gateway gateway =
            new Gateway(backend, new Edge(10, Duration.ofMillis(100), timer), Clock.systemUTC(), 16);
    private final FakeConnection connection = new FakeConnection();
    private final FakeServices.MapSessions sessions = new FakeServices.MapSessions();
    private final FakeServices.AskedMarketData market = new FakeServices.AskedMarketData();
    private final FakeServices.MapCache cache = new FakeServices.MapCache();
    private final FakeServices.AskedTrading trading = new FakeServices.AskedTrading();
    private final FakeServices.AskedAccounts accounts = new FakeServices.AskedAccounts();
    private long requestId;

    @BeforeEach
    void bind() {
        backend.bindSessions(sessions, Map.of());
        backend.bindMarketData(market, Map.of());
        backend.bindCache(cache, Map.of());
        backend.bindCodec(payloads, Map.of());
        backend.bindTrading(trading, Map.of());
        backend.bindAccounts(accounts, Map.of());
        backend.bindLink(new FakeServices.NumberingLink(), Map.of());
        gateway.opened(connection);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    @Tag("MST-21")
    void aBootedWorkersClientsAreToldToMoveThenClosed() {
        Refusal reason = Refusal.of(ReasonCode.SHUTTING_DOWN);

        gateway.move(reason);

        assertThat(connection.notices).containsExactly(new Return.MoveToWorker(reason));
        assertThat(connection.closed()).isNull();
        FakeConnection late = new FakeConnection();
        gateway.opened(late);
        assertThat(late.notices).containsExactly(new Return.MoveToWorker(reason));
        assertThat(late.closed()).isEqualTo(reason);

        gateway.closeMoved(reason);
        assertThat(late.closed()).isEqualTo(reason);
    }

    @Test
    @Tag("MST-21")
    void aWorkerThatWasTakenBackServesItsClients() {
        Refusal reason = Refusal.of(ReasonCode.SHUTTING_DOWN);
        gateway.move(reason);

        gateway.linked();
        gateway.closeMoved(reason);
        FakeConnection fresh = new FakeConnection();
        gateway.opened(fresh);

        assertThat(connection.closed()).isNull();
        assertThat(fresh.closed()).isNull();
    }

    @Test
    @Tag("PRO-8")
    void whoStopsSendsItsClientsToAnotherWorkerWhereThereIsOne() {
        WorkerServer self = new WorkerServer(new UUID(7, 7), "self", "127.0.0.1", 2049, "eu", "");
        WorkerServer other = new WorkerServer(new UUID(2, 2), "two", "127.0.0.2", 2049, "eu", "");
        FakeServices.ToldFacts facts = new FakeServices.ToldFacts();
        gateway.stopping();
        backend.bindFacts(facts, Map.of());
        gateway.stopping();
        facts.workers.complete(new Return.Workers(List.of(self)));
        gateway.stopping();
        assertThat(connection.notices).isEmpty();

        facts.workers = CompletableFuture.completedFuture(new Return.Workers(List.of(self, other)));
        gateway.stopping();

        assertThat(connection.notices).containsExactly(new Return.MoveToWorker(Refusal.of(ReasonCode.SHUTTING_DOWN)));
        assertThat(connection.closed()).as("the port closes it").isNull();
    }

    @Test
    @Tag("MST-22")
    void clientsWithASessionHearOfAnotherListOfWorkers() {
        WorkerServer one = new WorkerServer(new UUID(1, 1), "one", "127.0.0.1", 2049, "eu", "");
        WorkerServer two = new WorkerServer(new UUID(2, 2), "two", "127.0.0.2", 2049, "eu", "");
        gateway.workersChanged(new Return.Workers(List.of(one)));
        assertThat(connection.notices).isEmpty();
        connection.carried(CarriedSessions.NONE.using(ID, ADA));

        gateway.workersChanged(new Return.Workers(List.of(one, two)));
        gateway.workersChanged(new Return.Workers(List.of(two, one)));

        assertThat(connection.notices).containsExactly(new Return.Workers(List.of(one, two)));
    }

    @Test
    @Tag("PRO-2")
    void aReadWithoutSessionIsRefused() {
        inDataState();
        send(SessionId.NONE, new Request.GetAssetValueCurrent(AAPL));
        assertThat(lastReason()).isEqualTo(ReasonCode.NO_SESSION);
        sessions.check = new SessionCheck.Inactive(Refusal.of(ReasonCode.NO_SESSION));
        send(id(2), new Request.GetAssetValueCurrent(AAPL));
        assertThat(lastReason()).isEqualTo(ReasonCode.NO_SESSION);
    }

    @Test
    @Tag("PRO-5")
    void everyInstructionBelongsToItsState() {
        sessions.remember(ID, ADA);
        send(ID, new Request.GetAssetValueCurrent(AAPL));
        assertThat(lastReason()).isEqualTo(ReasonCode.WRONG_STATE);
        inDataState();
        send(ID, new Request.Purchase(AAPL, Quantity.parse("1"), Optional.empty()));
        assertThat(lastReason()).isEqualTo(ReasonCode.WRONG_STATE);
        send(ID, new Request.SwitchState(ConnectionState.COMMAND));
        assertThat(last()).isEqualTo(new Return.StateSwitchSuccess(ConnectionState.COMMAND));
    }

    @Test
    @Tag("PRO-16")
    @Tag("WRK-7")
    void aCachedReadAsksNobody() {
        sessions.remember(ID, ADA);
        inDataState();
        send(ID, new Request.GetAssetValueCurrent(AAPL));
        market.answer("101.5");
        send(ID, new Request.GetAssetValueCurrent(AAPL));
        assertThat(market.asked).hasSize(1);
        assertThat((byte[]) last()).isEqualTo((byte[]) connection.answers.get(0));
    }

    @Test
    @Tag("PRO-17")
    void ofManyMissesAtOnceOneAsks() {
        sessions.remember(ID, ADA);
        inDataState();
        for (int i = 0; i < 5; i++) {
            send(ID, new Request.GetAssetValueCurrent(AAPL));
        }
        assertThat(market.asked).hasSize(1);
        market.answer("101.5");
        assertThat(connection.answers).hasSize(5);
    }

    @Test
    @Tag("PRO-16")
    void whileTheMasterIsAwayOldValuesAreAnsweredAndMarked() {
        sessions.remember(ID, ADA);
        inDataState();
        market.freshForMillis = -1;
        send(ID, new Request.GetAssetValueCurrent(AAPL));
        market.answer("101.5");
        byte[] first = (byte[]) last();
        cache.put(new CacheKey(1, 101, "AAPL".getBytes(StandardCharsets.UTF_8)), new CachedPayload(first, 0));
        send(ID, new Request.GetAssetValueCurrent(AAPL));
        market.refuse(ReasonCode.MASTER_UNAVAILABLE);
        assertThat(payloads.isStale((byte[]) last())).isTrue();
        send(ID, new Request.GetAssetValueAllTime(AAPL));
        market.refuse(ReasonCode.MASTER_UNAVAILABLE);
        assertThat(lastReason()).isEqualTo(ReasonCode.MASTER_UNAVAILABLE);
    }

    @Test
    @Tag("PRO-5")
    void whatFollowsAnUnverifiedSessionWaitsAndKeepsItsOrder() {
        sessions.pending = new CompletableFuture<>();
        send(ID, new Request.SwitchState(ConnectionState.DATA_TRANSFER));
        send(ID, new Request.GetAssetValueCurrent(AAPL));
        send(ID, new Request.SwitchState(ConnectionState.COMMAND));
        assertThat(connection.answers).isEmpty();
        sessions.remember(ID, ADA);
        sessions.pending.complete(new SessionCheck.Active(ADA));
        market.answer("101.5");
        assertThat(connection.answers).hasSize(3);
        assertThat(connection.answers.get(0)).isEqualTo(new Return.StateSwitchSuccess(ConnectionState.DATA_TRANSFER));
        assertThat(connection.answers.get(1)).isEqualTo(new Return.StateSwitchSuccess(ConnectionState.COMMAND));
        assertThat(connection.answers.get(2)).isInstanceOf(byte[].class);
    }

    @Test
    @Tag("OVR-6")
    void ordersAreStampedAndNumberedInOrder() {
        sessions.remember(ID, ADA);
        for (int i = 0; i < 20; i++) {
            send(ID, new Request.Purchase(AAPL, Quantity.parse("1"), Optional.empty()));
        }
        assertThat(trading.callers).hasSize(20);
        assertThat(trading.callers).extracting(Caller::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(trading.callers).extracting(Caller::issued).isSorted().doesNotHaveDuplicates();
        assertThat(trading.callers).allSatisfy(caller -> {
            assertThat(caller.worker()).isEqualTo(new UUID(7, 7));
            assertThat(caller.clientAddress()).isEqualTo(InetAddress.getLoopbackAddress());
        });
        assertThat(last()).isInstanceOf(Return.PurchaseSuccess.class);
    }

    @Test
    void withoutAServiceTheAnswerIsUnavailable() {
        sessions.remember(ID, ADA);
        backend.unbindTrading(trading);
        send(ID, new Request.CancelOrder(new OrderId(1)));
        await().atMost(Duration.ofSeconds(5)).until(() -> !connection.answers.isEmpty());
        assertThat(lastReason()).isEqualTo(ReasonCode.UNAVAILABLE);
    }

    @Test
    @Tag("PRO-8")
    void anUnknownInstructionIsAnErrorAndTheConnectionGoesOn() {
        ByteBuf frame = frame(ID, new Request.Ping());
        frame.setShort(2, 99);
        gateway.request(connection, incoming(frame));
        assertThat(lastReason()).isEqualTo(ReasonCode.UNKNOWN_INSTRUCTION);
        send(SessionId.NONE, new Request.Ping());
        assertThat(last()).isInstanceOf(Return.Pong.class);
    }

    @Test
    void aMalformedTwinOfACachedReadIsNotAnsweredFromTheCache() {
        sessions.remember(ID, ADA);
        inDataState();
        send(ID, new Request.GetAssetValueCurrent(AAPL));
        market.answer("101.5");
        ByteBuf wrongCount = frame(ID, new Request.GetAssetValueCurrent(AAPL));
        wrongCount.setShort(8, 2);
        gateway.request(connection, incoming(wrongCount));
        assertThat(lastReason()).isEqualTo(ReasonCode.BAD_ARGUMENTS);
    }

    @Test
    void anEndedSessionStopsEvenCachedReads() {
        sessions.remember(ID, ADA);
        inDataState();
        send(ID, new Request.GetAssetValueCurrent(AAPL));
        market.answer("101.5");
        sessions.forget(List.of(ID));
        sessions.check = new SessionCheck.Inactive(Refusal.of(ReasonCode.NO_SESSION));
        send(ID, new Request.GetAssetValueCurrent(AAPL));
        assertThat(lastReason()).isEqualTo(ReasonCode.NO_SESSION);
    }

    @Test
    @Tag("PRO-8")
    void aSubscriptionFollowsTheSessionThatSubscribed() {
        sessions.remember(ID, ADA);
        sessions.remember(id(2), BOB);
        send(ID, new Request.Subscribe());
        send(id(2), new Request.SwitchState(ConnectionState.COMMAND));

        gateway.notice(filled(BOB));
        assertThat(connection.notices).isEmpty();
        gateway.notice(filled(ADA));
        assertThat(connection.notices).hasSize(1);

        send(id(2), new Request.Subscribe());
        gateway.notice(filled(BOB));
        gateway.notice(filled(ADA));
        assertThat(connection.notices).hasSize(3);

        send(id(2), new Request.Logout());
        accounts.loggedOut.complete(new LogoutOutcome.LoggedOut());
        gateway.notice(filled(BOB));
        gateway.notice(filled(ADA));
        assertThat(connection.notices).hasSize(4);
    }

    @Test
    @Tag("PRO-15")
    void aConnectionCarriesAllSessionsUsedOnItUntilThereAreTooMany() {
        for (int i = 1; i <= ProtocolLimits.CARRIED_SESSIONS_MAX + 1; i++) {
            sessions.remember(id(i), ADA);
            send(id(i), new Request.SwitchState(ConnectionState.COMMAND));
            assertThat(sessions.carried).hasSize(Math.min(i, ProtocolLimits.CARRIED_SESSIONS_MAX));
        }
        assertThat(sessions.carried).doesNotContainKey(id(1)).containsKey(id(2));

        List.copyOf(sessions.carried.keySet()).forEach(id -> send(id, new Request.Subscribe()));
        send(id(1), new Request.SwitchState(ConnectionState.COMMAND));
        assertThat(lastReason()).isEqualTo(ReasonCode.NOT_ALLOWED);

        sessions.forget(List.of(id(2)));
        send(id(1), new Request.SwitchState(ConnectionState.COMMAND));
        assertThat(last()).isInstanceOf(Return.StateSwitchSuccess.class);
    }

    @Test
    @Tag("PRO-15")
    void aNewClientManagementHearsOfAllSessionsOfAConnection() {
        sessions.remember(ID, ADA);
        sessions.remember(id(2), BOB);
        send(ID, new Request.Subscribe());
        send(id(2), new Request.SwitchState(ConnectionState.COMMAND));
        FakeServices.MapSessions next = new FakeServices.MapSessions();
        backend.unbindSessions(sessions);
        backend.bindSessions(next, Map.of());
        next.remember(ID, ADA);
        send(ID, new Request.SwitchState(ConnectionState.COMMAND));

        assertThat(next.carried).containsOnlyKeys(ID, id(2));
        gateway.notice(filled(ADA));
        assertThat(connection.notices).hasSize(1);
        next.carried.clear();
        gateway.tellAll();
        assertThat(next.carried).containsOnlyKeys(ID, id(2));
    }

    @Test
    @Tag("PRO-2")
    void whatFollowsALogoutHasNoSession() {
        sessions.remember(ID, ADA);
        send(ID, new Request.Logout());
        send(ID, BUY);
        assertThat(lastReason()).isEqualTo(ReasonCode.NO_SESSION);
        send(ID, new Request.ResumeSession());
        assertThat(last()).isInstanceOf(Return.Refused.class);
        assertThat(lastReason()).isEqualTo(ReasonCode.NO_SESSION);
        inDataState();
        send(ID, new Request.GetAssetValueCurrent(AAPL));
        assertThat(lastReason()).isEqualTo(ReasonCode.NO_SESSION);
        assertThat(trading.callers).isEmpty();
    }

    @Test
    @Tag("PRO-16")
    void aLogoutWaitsForTheOrdersThatWentBeforeIt() {
        sessions.remember(ID, ADA);
        trading.holds = true;
        send(ID, BUY);
        send(ID, BUY);
        send(ID, new Request.Logout());
        send(ID, BUY);
        assertThat(lastReason()).isEqualTo(ReasonCode.NO_SESSION);
        trading.held.get(0).run();
        assertThat(accounts.loggingOut).isEmpty();
        trading.held.get(1).run();
        assertThat(accounts.loggingOut).hasSize(1);
        assertThat(trading.callers).hasSize(2);
        accounts.loggedOut.complete(new LogoutOutcome.LoggedOut());
        assertThat(last()).isInstanceOf(Return.LogoutSuccess.class);
    }

    @Test
    @Tag("PRO-2")
    void aLogoutThatFailsLeavesTheSession() {
        sessions.remember(ID, ADA);
        send(ID, new Request.Logout());
        accounts.loggedOut.completeExceptionally(new LinkDownException());
        send(ID, BUY);
        assertThat(last()).isInstanceOf(Return.PurchaseSuccess.class);
    }

    private static AccountNotice filled(Session session) {
        Return.Traded traded = new Return.Traded(new OrderId(1), Side.BUY, AAPL, Quantity.parse("1"));
        return new AccountNotice(
                session.account(), new Return.OrderFilled(traded, Price.parse("1"), Money.ZERO, Instant.EPOCH));
    }

    private void inDataState() {
        connection.state(ConnectionState.DATA_TRANSFER);
    }

    private void send(SessionId session, Request request) {
        gateway.request(connection, incoming(frame(session, request)));
    }

    private ByteBuf frame(SessionId session, Request request) {
        ByteBuf out = Unpooled.buffer();
        codec.encodeRequest(++requestId, session, request, out);
        return out;
    }

    private IncomingRequest incoming(ByteBuf bytes) {
        FrameView view = codec.view(bytes, 0, null);
        return new IncomingRequest() {
            @Override
            public FrameView frame() {
                return view;
            }

            @Override
            public DecodeResult<Request> decode() {
                return codec.decodeRequest(view);
            }
        };
    }

    private Object last() {
        return connection.answers.get(connection.answers.size() - 1);
    }

    private ReasonCode lastReason() {
        return ((Return.Fail) last()).refusal().code();
    }

    private static SessionId id(int first) {
        byte[] bytes = new byte[SessionId.LENGTH];
        bytes[0] = (byte) first;
        return SessionId.of(bytes);
    }
}
