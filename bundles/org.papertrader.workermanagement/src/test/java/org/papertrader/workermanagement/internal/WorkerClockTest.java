package org.papertrader.workermanagement.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.WorkerServer;
import org.papertrader.model.WorkerStatus;
import org.papertrader.storage.api.WorkerStore.StoredKey;
import org.papertrader.storage.api.WorkerStore.StoredWorker;
import org.papertrader.workers.api.Workers.WorkerClock;
import org.papertrader.workers.api.Workers.WorkerHello;

/** How a worker's clock is measured by its answers, and how its load orders the list. */
@Tag("PRO-16")
class WorkerClockTest {
    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(2, 2);
    private static final UUID THREE = new UUID(3, 3);
    private static final Instant NOW = Instant.parse("2026-03-02T14:30:00Z");
    private static final Duration AHEAD = Duration.ofMillis(1_500);

    private final TestClock clock = new TestClock(NOW);
    private final WorkerRegister register = new WorkerRegister(clock);

    @BeforeEach
    void connect() {
        register.load(List.of(stored(ONE, "alpha", "eu"), stored(TWO, "beta", "us"), stored(THREE, "gamma", "eu")));
        List.of(ONE, TWO, THREE)
                .forEach(worker -> register.admit(
                        new WorkerHello(
                                new WorkerServer(worker, "x", "203.0.113.5", 2049, "x", ""), "1", worker.toString()),
                        IpAddress.parse("127.0.0.1")));
    }

    private static StoredWorker stored(UUID uuid, String name, String region) {
        return new StoredWorker(
                uuid, name, region, "127.0.0.1", true, NOW, null, List.of(new StoredKey(uuid.toString(), "", NOW)));
    }

    /** The worker is asked, and its answer, made after {@code there}, needs {@code back}. */
    private void answer(UUID worker, Duration there, Duration back, Duration ahead, long clients) {
        Instant asked = register.ask();
        clock.pass(there);
        WorkerStatus status = status(clock.instant().plus(ahead), clients);
        clock.pass(back);
        register.reported(worker, asked, status);
    }

    private static WorkerStatus status(Instant told, long clients) {
        return new WorkerStatus(
                told,
                NOW,
                clients,
                0,
                WorkerStatus.Cache.NONE,
                new WorkerStatus.Memory(1, 2),
                new WorkerStatus.Log(0, 0));
    }

    @Test
    void measuresAClockThatIsAheadAndOneThatIsBehind() {
        Duration way = Duration.ofMillis(20);
        answer(ONE, way, way, AHEAD, 0);
        answer(TWO, way, way, AHEAD.negated(), 0);

        assertThat(register.clock(ONE)).isEqualTo(new WorkerClock.Ahead(AHEAD));
        assertThat(register.clock(TWO)).isEqualTo(new WorkerClock.Ahead(AHEAD.negated()));
        assertThat(register.clock(THREE)).isEqualTo(new WorkerClock.Unmeasured());
        assertThat(measured(ONE).roundTrip()).isEqualTo(Duration.ofMillis(40));
    }

    @Test
    void theQuickestOfTheLastAnswersCounts() {
        answer(ONE, Duration.ofMillis(1), Duration.ofMillis(1), AHEAD, 0);
        answer(ONE, Duration.ofMillis(900), Duration.ofMillis(1), AHEAD, 0);
        assertThat(register.clock(ONE)).isEqualTo(new WorkerClock.Ahead(AHEAD));

        // The clock is set right: the old answers are forgotten in time.
        for (int i = 0; i < Measured.SAMPLES; i++) {
            answer(ONE, Duration.ofMillis(5), Duration.ofMillis(5), Duration.ZERO, 0);
        }
        assertThat(register.clock(ONE)).isEqualTo(new WorkerClock.Ahead(Duration.ZERO));
    }

    @Test
    void aClockBeyondTheLimitIsWrong() {
        register.allow(Duration.ofMillis(1_500));
        answer(ONE, Duration.ZERO, Duration.ZERO, AHEAD, 0);
        answer(TWO, Duration.ZERO, Duration.ZERO, AHEAD.plusMillis(1), 0);

        assertThat(register.clock(ONE)).isEqualTo(new WorkerClock.Ahead(AHEAD));
        assertThat(register.clock(TWO)).isEqualTo(new WorkerClock.Wrong(AHEAD.plusMillis(1)));
    }

    @Test
    void anAnswerToNoQuestionCountsForNothing() {
        register.reported(ONE, NOW.minusSeconds(60), status(NOW, 0));
        register.reported(new UUID(9, 9), register.ask(), status(NOW, 0));

        assertThat(register.clock(ONE)).isEqualTo(new WorkerClock.Unmeasured());
        assertThat(register.clock(new UUID(9, 9))).isEqualTo(new WorkerClock.Unmeasured());
    }

    @Test
    void aWorkerThatLeftIsMeasuredAnew() {
        answer(ONE, Duration.ZERO, Duration.ZERO, AHEAD, 0);
        register.left(ONE);

        assertThat(register.clock(ONE)).isEqualTo(new WorkerClock.Unmeasured());
    }

    @Test
    @Tag("MST-22")
    @Tag("PRO-10")
    void listsTheNearestThenTheLeastLoaded() {
        answer(ONE, Duration.ZERO, Duration.ZERO, Duration.ZERO, 900);
        answer(TWO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
        answer(THREE, Duration.ZERO, Duration.ZERO, Duration.ZERO, 3);

        assertThat(register.available(null)).extracting(WorkerServer::name).containsExactly("beta", "gamma", "alpha");
        assertThat(register.available(ONE)).extracting(WorkerServer::name).containsExactly("gamma", "alpha", "beta");

        // One client more is no news.
        answer(ONE, Duration.ZERO, Duration.ZERO, Duration.ZERO, 901);
        assertThat(register.available(null)).extracting(WorkerServer::name).containsExactly("beta", "gamma", "alpha");
    }

    private Measured measured(UUID worker) {
        Measured measured = register.find(worker.toString()).orElseThrow().measured();
        assertThat(measured).isNotNull();
        return measured;
    }
}
