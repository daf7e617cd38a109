package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.papertrader.trading.internal.StorageTest.hold;
import static org.papertrader.trading.internal.StorageTest.started;
import static org.papertrader.trading.internal.StorageTest.submitLater;
import static org.papertrader.trading.internal.TradingFixture.AAPL;
import static org.papertrader.trading.internal.TradingFixture.get;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.gate.Failures;
import org.papertrader.gate.UnavailableException;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Side;
import org.papertrader.trading.api.OrderOutcome;

/** The end of trading: what was taken is stored, what was committed is told, and everybody is answered. */
@Tag("PRO-16")
class TradingEndTest {
    private final MemoryLedgerStore store = new MemoryLedgerStore();

    @Test
    void theEndStoresWhatWasTakenAndAnswersEverybody() {
        TradingFixture fixture = started(store);
        List<CompletableFuture<OrderOutcome>> stages = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            stages.add(submitLater(fixture, 1 + i % 9, "id" + i, "0.01"));
        }
        fixture.close();
        assertThat(stages).allMatch(CompletableFuture::isDone);
        stages.forEach(stage -> assertThat(get(stage)).isInstanceOf(OrderOutcome.Accepted.class));
        assertThat(store.afterPowerLoss().orders).hasSize(500);
        assertThatThrownBy(() -> fixture.submit(1, Side.BUY, AAPL, "1")).isInstanceOf(UnavailableException.class);
    }

    @Test
    void theEndDoesNotWaitForAStorageThatHangs() {
        TradingFixture fixture = started(store);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch reached = new CountDownLatch(1);
        store.faults = batch -> {
            reached.countDown();
            hold(never);
            return MemoryLedgerStore.Fault.NONE;
        };
        CompletableFuture<OrderOutcome> attempted = submitLater(fixture, 1, "id1", "1");
        hold(reached);
        CompletableFuture<OrderOutcome> behind = submitLater(fixture, 1, "id2", "1");
        long start = System.nanoTime();
        fixture.close();
        // By itself it takes just under six seconds; who waits for the storage waits twenty.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(((OrderOutcome.Refused) get(attempted)).refusal().code()).isEqualTo(ReasonCode.OUTCOME_UNKNOWN);
        assertThat(behind.handle((value, failure) -> Failures.unwrap(failure)).join())
                .isInstanceOf(UnavailableException.class);
        never.countDown();
        await().until(() -> store.orders.size() == 1);
        assertThat(store.orders).as("what was given up is never written").hasSize(1);
    }

    @Test
    void theEndTellsOfWhatWasBeingWrittenWhenItsTimeWasUp() throws Exception {
        TradingFixture fixture = started(store);
        OrderId filled = fixture.accepted(1, Side.BUY, AAPL, "1");
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch reached = new CountDownLatch(1);
        store.beforeSync = () -> {
            if (store.orders.get(filled.value()).order().status() == OrderStatus.FILLED) {
                reached.countDown();
                hold(open);
            }
        };
        long interval = fixture.cut();
        fixture.pass(Duration.ofSeconds(1));
        fixture.refresh();
        fixture.settle(interval, true);
        hold(reached);
        closeAndOpenAtItsEnd(fixture, open);

        assertThat(fixture.ended)
                .extracting(ended -> ended.transaction().order())
                .containsExactly(filled);
    }

    /** The first of two batches is committed when the time is up; the second one is not begun any more. */
    @Test
    void theEndTellsOfWhatWasCommittedAndGivesUpTheRest() throws Exception {
        TradingFixture fixture = started(store);
        CountDownLatch synced = new CountDownLatch(1);
        CountDownLatch syncing = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch reached = new CountDownLatch(1);
        store.beforeSync = () -> {
            syncing.countDown();
            hold(synced);
        };
        CompletableFuture<OrderOutcome> ahead = submitLater(fixture, 2, "ahead", "1");
        hold(syncing);
        // They gather: the order, then the row of an interval, which stands alone.
        CompletableFuture<OrderOutcome> order = submitLater(fixture, 2, "id", "1");
        await().until(() -> get(fixture.house().inspect()).batchesWaiting() == 1);
        long interval = fixture.cut();
        store.faults = batch -> {
            if (!batch.newOrders().isEmpty()) {
                reached.countDown();
                hold(open);
            }
            return MemoryLedgerStore.Fault.NONE;
        };
        synced.countDown();
        hold(reached);
        closeAndOpenAtItsEnd(fixture, open);

        assertThat(get(ahead)).isInstanceOf(OrderOutcome.Accepted.class);
        assertThat(get(order)).isInstanceOf(OrderOutcome.Accepted.class);
        assertThat(store.intervals).doesNotContainKey(interval);
    }

    /** Lets the storage go on once nothing more is begun, and the end waits for what was. */
    private static void closeAndOpenAtItsEnd(TradingFixture fixture, CountDownLatch open) throws InterruptedException {
        Thread closing = new Thread(fixture::close, "closing");
        closing.start();
        await().until(() -> isJoining(closing) || !closing.isAlive());
        open.countDown();
        closing.join(TradingFixture.PATIENCE.toMillis());
    }

    private static boolean isJoining(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(Thread.class.getName())
                        && frame.getMethodName().equals("join"));
    }

    @Test
    void theEndWithoutAStorageAnswersEverybody() {
        TradingFixture fixture = started(store);
        fixture.gates.store().unbind(store);
        CompletableFuture<OrderOutcome> stage = submitLater(fixture, 1, "id", "1");
        fixture.close();
        assertThat(stage.handle((value, failure) -> Failures.unwrap(failure)).join())
                .isInstanceOf(UnavailableException.class);
    }
}
