package org.papertrader.master.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Symbol;
import org.papertrader.protocol.api.Request;
import org.papertrader.trading.api.OrderOutcome;
import org.papertrader.workers.api.Workers.WorkerClock;

/** What trading hears of the clock that stamped an order. */
@Tag("PRO-16")
class WorkerClocksTest {
    private final Fakes.Master master = new Fakes.Master();

    @AfterEach
    void stop() {
        master.close();
    }

    private Duration clockAheadOfAnOrder() {
        order().toCompletableFuture().join();
        return master.trading.stamped.clockAhead();
    }

    private CompletionStage<LinkReply> order() {
        master.trading.script.answers(new OrderOutcome.Refused(Refusal.of(ReasonCode.NO_PRICE)));
        Request buy = new Request.Purchase(new Symbol("ACME"), Quantity.parse("2"), Optional.empty());
        return master.router.handle(new LinkRequest(Fakes.caller(Fakes.SESSION), new LinkRequest.Call.Forward(buy)));
    }

    @Test
    void anOrderOfAWorkerThatHasJustComeWaitsUntilItsClockIsMeasured() {
        master.workers.clock = new WorkerClock.Unmeasured();
        CompletableFuture<LinkReply> reply = order().toCompletableFuture();
        assertThat(reply).isNotDone();
        assertThat(master.trading.stamped).isNull();

        master.workers.clock = new WorkerClock.Ahead(Duration.ofSeconds(5));
        reply.join();
        assertThat(master.trading.stamped.clockAhead()).hasSeconds(5);
    }

    @Test
    void ordersCarryTheMeasuredClockOfTheirWorker() {
        assertThat(clockAheadOfAnOrder()).isZero();

        master.workers.clock = new WorkerClock.Ahead(Duration.ofMillis(1_500));
        assertThat(clockAheadOfAnOrder()).hasMillis(1_500);
    }

    @Test
    void whileNobodyMeasuresWhatWasKnownCounts() {
        master.workers.clock = new WorkerClock.Ahead(Duration.ofMillis(-1_500));
        clockAheadOfAnOrder();

        master.workers.clock = new WorkerClock.Unmeasured();
        assertThat(clockAheadOfAnOrder()).hasMillis(-1_500);
        master.router.unbindWorkers(master.workers);
        assertThat(clockAheadOfAnOrder()).hasMillis(-1_500);
    }

    @Test
    void aWrongClockIsNoClock() {
        master.workers.clock = new WorkerClock.Wrong(Duration.ofDays(1));

        assertThat(clockAheadOfAnOrder()).isNull();
    }
}
