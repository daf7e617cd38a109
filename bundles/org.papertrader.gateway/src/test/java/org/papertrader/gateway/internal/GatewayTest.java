package org.papertrader.gateway.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.cache.api.CacheKey;
import org.papertrader.cache.api.CachedPayload;
import org.papertrader.model.Caller;
import org.papertrader.model.OrderId;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.SessionId;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.api.ConnectionState;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.sessions.api.SessionCheck;
import org.papertrader.transport.api.CarriedSessions;

class GatewayTest extends GatewayRig {
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
}
