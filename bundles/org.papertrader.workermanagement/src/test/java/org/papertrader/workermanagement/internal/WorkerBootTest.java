package org.papertrader.workermanagement.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.link.api.LinkPush;
import org.papertrader.model.WorkerServer;
import org.papertrader.shell.text.Failed;
import org.papertrader.workers.api.WorkerView;
import org.papertrader.workers.api.Workers.Admission;

/** How workers are taken out of service. */
@Tag("MST-21")
class WorkerBootTest extends RegisterRig {
    private static final int BOOTS = 100;

    @Test
    void input33ALinkThatMayNotStandIsClosedWithinASecond() {
        load(line(ONE, "alpha eu 127.0.0.1"));
        long begun = awake.nanos();
        connected = List.of(ONE, TWO);

        awaitClosing(TWO, begun);

        assertThat(booted).doesNotContain(ONE);
    }

    @Test
    void aBootedWorkersClientsAreToldThenItsLinkIsClosedWithinASecond() {
        load(line(ONE, "alpha eu 127.0.0.1"), line(TWO, "beta us 127.0.0.1"));
        admit(ONE, LOOPBACK, 2049);
        admit(TWO, LOOPBACK, 2050);
        connected = List.of(ONE, TWO);
        long begun = System.nanoTime();
        long begunAwake = awake.nanos();

        assertThat(commands.boot("alpha")).startsWith("alpha is booted off");

        assertThat(moves()).hasSize(1);
        LinkPush.MoveClients move = moves().get(0);
        assertThat(move.grace()).isLessThan(Duration.ofMillis(500));
        assertThat(workers.available(null)).extracting(WorkerServer::name).containsExactly("beta");
        assertThat(rejection(ONE, LOOPBACK)).isEqualTo("it is disabled");
        awaitClosing(ONE, begunAwake);
        Closing closing = closings.get(ONE);
        assertThat(pushes.indexOf(move)).as("told first").isLessThan(closing.pushed());
        assertThat(Duration.ofNanos(closing.nanos() - begun)).isGreaterThan(move.grace());
        assertThat(store.workers.get(ONE).enabled()).isFalse();
        assertThat(booted).doesNotContain(TWO);

        commands.enable("alpha");
        assertThat(admit(ONE, LOOPBACK, 2049)).isEqualTo(new Admission.Admitted());
    }

    @Test
    void theWatchDoesNotCloseALinkBeforeTheClientsAreTold() {
        load(line(ONE, "alpha eu 127.0.0.1"));
        admit(ONE, LOOPBACK, 2049);
        connected = List.of(ONE);

        workers.sendOff(ONE, Departures.Pace.DRAIN, () -> {
            workers.register().disable(ONE);
            await().during(Duration.ofMillis(700)).until(booted::isEmpty);
        });

        assertThat(moves()).hasSize(1);
    }

    @Test
    void hundredBootsUnderLoadTakeLessThanASecondEach() throws Exception {
        load(IntStream.range(0, BOOTS)
                .mapToObj(i -> line(uuid(i), "w" + i + " eu 127.0.0.1"))
                .toArray(String[]::new));
        IntStream.range(0, BOOTS).forEach(i -> admit(uuid(i), LOOPBACK, 2049));
        connected = IntStream.range(0, BOOTS).mapToObj(WorkerBootTest::uuid).toList();
        AtomicBoolean over = new AtomicBoolean();
        Thread load = new Thread(() -> {
            for (int i = 0; !over.get(); i = (i + 1) % BOOTS) {
                answer(uuid(i), 5);
                admit(uuid(i), LOOPBACK, 2049);
                workers.available(uuid(i));
            }
        });
        load.start();
        Map<UUID, Long> begun = new HashMap<>();
        for (int i = 0; i < BOOTS; i++) {
            begun.put(uuid(i), awake.nanos());
            commands.boot("w" + i);
        }
        await().until(() -> closings.size() == BOOTS);
        over.set(true);
        load.join();

        begun.forEach(this::requireWithinASecond);
        assertThat(workers.available(null)).isEmpty();
    }

    private static UUID uuid(int number) {
        return new UUID(number, 1);
    }

    @Test
    void aWorkerThatIsRegisteredAgainWhileItLeavesBeginsAnew() {
        load(ONE + " alpha eu 127.0.0.1 " + keys.file(folder, "AA"));
        admission(ONE, "AA");
        connected = List.of(ONE);
        long begun = awake.nanos();

        commands.remove("alpha", "--yes");
        commands.register(ONE.toString(), "alpha", "eu", LOOPBACK, keys.file(folder, "AA"));

        awaitClosing(ONE, begun);
        assertThat(admission(ONE, "AA")).isEqualTo(new Admission.Admitted());
    }

    @Test
    void aSlowStorageDoesNotKeepAWorkerFromBeingBooted() throws Exception {
        load(line(ONE, "alpha eu 127.0.0.1"), line(TWO, "beta us 127.0.0.1"));
        admit(ONE, LOOPBACK, 2049);
        connected = List.of(ONE);
        String key = keys.file(folder, "AA");
        CountDownLatch slow = new CountDownLatch(1);
        store.slow = slow;
        List<Thread> operators =
                List.of(new Thread(() -> commands.rotate("beta", key)), new Thread(() -> commands.boot("alpha")));
        operators.get(0).start();
        await().until(() -> store.waiting);
        long begun = awake.nanos();
        operators.get(1).start();

        awaitClosing(ONE, begun);
        assertThat(rejection(ONE, LOOPBACK)).isEqualTo("it is disabled");
        slow.countDown();
        for (Thread operator : operators) {
            operator.join();
        }
        assertThat(store.workers.get(ONE).enabled()).isFalse();
        assertThat(store.workers.get(TWO).keys()).hasSize(2);
    }

    @Test
    void aDisabledWorkerKeepsItsLinkUntilItsClientsHaveGone() {
        load(line(ONE, "alpha eu 127.0.0.1"));
        admit(ONE, LOOPBACK, 2049);
        connected = List.of(ONE);

        assertThat(commands.disable("alpha")).startsWith("alpha is off");
        answer(ONE, 3);

        assertThat(desk.find("alpha").orElseThrow().state()).isEqualTo(WorkerView.State.LEAVING);
        await().during(Duration.ofMillis(700)).until(booted::isEmpty);
        long begun = awake.nanos();
        answer(ONE, 0);
        awaitClosing(ONE, begun);
    }

    @Test
    void aWorkerThatIsEnabledWhileItLeavesBeginsAnew() {
        load(line(ONE, "alpha eu 127.0.0.1"));
        admit(ONE, LOOPBACK, 2049);
        connected = List.of(ONE);

        commands.disable("alpha");
        commands.enable("alpha");

        assertThat(booted).containsExactly(ONE);
        assertThat(commands.enable("alpha")).contains("already");
        assertThat(admit(ONE, LOOPBACK, 2049)).isEqualTo(new Admission.Admitted());
        await().during(Duration.ofMillis(700)).until(() -> booted.size() == 1);
    }

    @Test
    void aRemovedWorkerIsBootedOffAndForgotten() {
        load(line(ONE, "alpha eu 127.0.0.1"), line(TWO, "beta us 127.0.0.1"));
        admit(TWO, LOOPBACK, 2050);
        connected = List.of(TWO);

        assertThatThrownBy(() -> new WorkerCommands(desk, clock).remove("beta"))
                .isInstanceOf(Failed.class)
                .hasMessageEndingWith("add --yes to do it");
        assertThat(commands.remove("beta", "yes")).contains("--yes");
        assertThat(store.workers).containsOnlyKeys(ONE, TWO);
        long begun = awake.nanos();
        assertThat(commands.remove("2222", "--yes")).contains("beta is removed");

        awaitClosing(TWO, begun);
        assertThat(store.workers).containsOnlyKeys(ONE);
        assertThat(rejection(TWO, LOOPBACK)).isEqualTo("it is not registered");
        assertThat(commands.remove("beta", "--yes")).startsWith("there is no worker beta");
    }

    @Test
    void bootsAWorkerOffEvenWhileTheStorageFailsAndItStaysOff() {
        load(line(ONE, "alpha eu 127.0.0.1"));
        admit(ONE, LOOPBACK, 2049);
        connected = List.of(ONE);
        store.fails = true;

        assertThat(commands.boot("alpha")).contains("the disk is gone");

        await().until(() -> booted.contains(ONE));
        assertThat(rejection(ONE, LOOPBACK)).isEqualTo("it is disabled");
        store.fails = false;
        await().untilAsserted(() -> assertThat(store.workers.get(ONE).enabled()).isFalse());
        assertThat(rejection(ONE, LOOPBACK)).isEqualTo("it is disabled");
    }
}
