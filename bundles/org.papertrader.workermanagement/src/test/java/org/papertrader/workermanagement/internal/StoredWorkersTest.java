package org.papertrader.workermanagement.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.papertrader.gate.UnavailableException;
import org.papertrader.link.api.LinkPush;
import org.papertrader.model.WorkerServer;
import org.papertrader.storage.api.WorkerStore.StoredWorker;
import org.papertrader.workers.api.Workers.Admission;
import org.papertrader.workers.api.Workers.WorkerHello;

/** Who is admitted, and what is stored. */
@Tag("MST-19")
class StoredWorkersTest extends RegisterRig {
    @Test
    @Tag("MST-20")
    void registersByConfigurationOnFirstSight() {
        load(line(ONE, "alpha eu 127.0.0.1,::1"), line(TWO, "beta us 10.0.0.0/8"));

        assertThat(store.workers.get(ONE))
                .isEqualTo(new StoredWorker(ONE, "alpha", "eu", "127.0.0.1,::1", true, NOW, null, List.of(key(ONE))));
        assertThat(store.workers).containsOnlyKeys(ONE, TWO);
    }

    @Test
    void configurationDoesNotUndoWhatTheOperatorStored() {
        store.put(new StoredWorker(ONE, "alpha", "eu", LOOPBACK, false, Instant.EPOCH, null, List.of(key(ONE))));
        load(line(ONE, "other us 10.0.0.1"));

        assertThat(store.workers.get(ONE).name()).isEqualTo("alpha");
        assertThat(store.workers.get(ONE).enabled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alpha",
                "nonsense alpha eu 127.0.0.1",
                "11111111-1111-4111-8111-111111111111 alpha eu localhost",
                "11111111-1111-4111-8111-111111111111 alpha eu 127.0.0.1",
                "11111111-1111-4111-8111-111111111111 alpha eu 127.0.0.1 /no/such/key.asc"
            })
    void unreadableConfigurationIsIgnored(String line) {
        workers.use(1, new String[] {line, line(TWO, "beta us 127.0.0.1")});
        workers.bindWorkerStore(store, Map.of());

        await().untilAsserted(() -> assertThat(store.workers).containsOnlyKeys(TWO));
    }

    @Test
    @Tag("MST-20")
    void admitsOnlyRegisteredEnabledWorkersFromAllowedAddresses() {
        assertThat(rejection(ONE, LOOPBACK)).isEqualTo("the register is not loaded yet");
        load(line(ONE, "alpha eu 127.0.0.1"));

        assertThat(rejection(TWO, LOOPBACK)).isEqualTo("it is not registered");
        assertThat(rejection(ONE, "127.0.0.2")).isEqualTo("its address is not allowed");
        assertThat(admit(ONE, LOOPBACK, 2049)).isEqualTo(new Admission.Admitted());
        commands.disable("alpha");
        assertThat(rejection(ONE, LOOPBACK)).isEqualTo("it is disabled");
        commands.enable("alpha");
        assertThat(admit(ONE, LOOPBACK, 2049)).isEqualTo(new Admission.Admitted());
    }

    @Test
    @Tag("MST-22")
    void tellsNobodyOfAListBeforeItHasBeenAskedForEveryLinkThatStands() {
        connected = List.of(ONE);
        assertThatThrownBy(() -> workers.available(null)).isInstanceOf(UnavailableException.class);
        load(line(ONE, "alpha eu 127.0.0.1"), line(TWO, "beta us 10.0.0.0/8"));
        assertThatThrownBy(() -> workers.available(null)).isInstanceOf(UnavailableException.class);

        admit(ONE, LOOPBACK, 2049);

        assertThat(workers.available(null)).hasSize(1);
        connected = List.of(ONE, TWO);
        assertThat(workers.available(null)).hasSize(1);
    }

    @Test
    @Tag("MST-22")
    void aLinkThatIsAdmittedNoMoreKeepsTheListAwayForAMomentOnly() {
        connected = List.of(ONE);
        load(line(ONE, "alpha eu 127.0.0.1"));

        await().ignoreExceptionsInstanceOf(UnavailableException.class)
                .untilAsserted(() -> assertThat(workers.available(null)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "65536"})
    void refusesAdvertisedAddressesThatAreNone(int port) {
        load(line(ONE, "alpha eu 127.0.0.1"));

        assertThat(admit(ONE, LOOPBACK, port)).isInstanceOf(Admission.Rejected.class);
    }

    @Test
    @Tag("MST-22")
    @Tag("PRO-10")
    @Tag("DS-6")
    void tellsClientsOfConnectedWorkersAsRegisteredAtTheAdvertisedAddress() {
        load(line(ONE, "alpha eu 127.0.0.1"), line(TWO, "beta us 127.0.0.1"));
        assertThat(workers.available(null)).isEmpty();

        admit(TWO, LOOPBACK, 2050);
        admit(ONE, LOOPBACK, 2049);

        assertThat(workers.available(null))
                .containsExactly(
                        new WorkerServer(ONE, "alpha", "203.0.113.5", 2049, "eu", FINGERPRINT),
                        new WorkerServer(TWO, "beta", "203.0.113.5", 2050, "us", FINGERPRINT));
        workers.left(ONE);
        assertThat(workers.available(null)).extracting(WorkerServer::name).containsExactly("beta");
        await().untilAsserted(() -> assertThat(store.seen).containsOnlyKeys(ONE, TWO));
    }

    @Test
    void ofTwoLinksOfAWorkerTheNewerWins() {
        load(line(ONE, "alpha eu 127.0.0.1"));
        admit(ONE, LOOPBACK, 2049);
        assertThat(admit(ONE, LOOPBACK, 2059)).isEqualTo(new Admission.Admitted());

        assertThat(workers.available(null)).extracting(WorkerServer::port).containsExactly(2059);
        workers.left(ONE);
        assertThat(workers.available(null)).isEmpty();
        workers.left(ONE);
        assertThat(admit(ONE, LOOPBACK, 2049)).isEqualTo(new Admission.Admitted());
        assertThat(workers.available(null)).hasSize(1);
    }

    @Test
    void loadsAgainUntilTheStorageAnswers() {
        store.put(new StoredWorker(ONE, "alpha", "eu", LOOPBACK, true, NOW, null, List.of(key(ONE))));
        store.fails = true;
        workers.bindWorkerStore(store, Map.of());
        assertThat(rejection(ONE, LOOPBACK)).contains("not loaded");
        store.fails = false;

        await().until(() -> workers.register().isLoaded());
        assertThat(admit(ONE, LOOPBACK, 2049)).isEqualTo(new Admission.Admitted());
    }

    @Test
    void keepsWhoIsConnectedWhenTheStorageIsSwapped() {
        load(line(ONE, "alpha eu 127.0.0.1"));
        admit(ONE, LOOPBACK, 2049);
        MemoryWorkerStore other = new MemoryWorkerStore();
        other.put(new StoredWorker(ONE, "renamed", "eu", LOOPBACK, true, NOW, null, List.of(key(ONE))));

        workers.unbindWorkerStore(store);
        workers.bindWorkerStore(other, Map.of());

        await().untilAsserted(() -> assertThat(workers.available(null))
                .extracting(WorkerServer::name)
                .containsExactly("renamed"));
    }

    @Test
    void oneUnreadableEntryDoesNotKeepTheOthersOut() {
        store.put(new StoredWorker(ONE, "alpha", "eu", "rubbish", true, NOW, null, List.of(key(ONE))));
        store.put(new StoredWorker(TWO, "beta", "us", LOOPBACK, true, NOW, null, List.of(key(TWO))));
        workers.bindWorkerStore(store, Map.of());

        await().until(() -> workers.register().isLoaded());
        assertThat(admit(TWO, LOOPBACK, 2049)).isEqualTo(new Admission.Admitted());
        assertThat(rejection(ONE, LOOPBACK)).isEqualTo("it is not registered");
    }

    @Test
    @Tag("VAR-2")
    void healthIsDegradedWhileFewerAreConnectedThanExpected() {
        WorkersHealth health = new WorkersHealth(desk);
        assertThat(health.execute().getStatus()).isEqualTo(Result.Status.TEMPORARILY_UNAVAILABLE);
        load(line(ONE, "alpha eu 127.0.0.1"));
        assertThat(commands.list()).endsWith("0 connected, 1 expected, 1 registered; health: degraded\n");
        assertThat(health.execute().getStatus()).isEqualTo(Result.Status.WARN);

        admit(ONE, LOOPBACK, 2049);
        assertThat(commands.list()).endsWith("1 connected, 1 expected, 1 registered; health: ok\n");
        assertThat(health.execute().getStatus()).isEqualTo(Result.Status.OK);

        // The number is live, and a worker that leaves does not count.
        workers.use(2, new String[0]);
        assertThat(health.execute().iterator().next().getMessage())
                .isEqualTo("degraded: 1 of 2 workers are connected; start the others (worker:list), or set"
                        + " org.papertrader.workermanagement:workersExpected");
        workers.use(1, new String[0]);
        commands.disable("alpha");
        assertThat(health.execute().getStatus()).isEqualTo(Result.Status.WARN);
    }

    @Test
    @Tag("PRO-16")
    void aWorkerThatComesIsAskedAtOnce() {
        StoredWorkers patient = new StoredWorkers(clock, Duration.ofMillis(20), Duration.ofHours(1));
        try {
            patient.bindPublicKeys(keys, Map.of());
            patient.use(1, new String[] {line(ONE, "alpha eu 127.0.0.1")});
            patient.bindWorkerStore(store, Map.of());
            await().until(() -> patient.register().isLoaded());
            List<LinkPush> asked = new CopyOnWriteArrayList<>();
            patient.bindWorkerLinks(new RecordingLinks(asked), Map.of());
            long begun = awake.nanos();
            patient.admit(
                    new WorkerHello(
                            new WorkerServer(ONE, "x", "203.0.113.5", 2049, "x", FINGERPRINT), "1", fingerprint(ONE)),
                    IpAddress.parse(LOOPBACK));

            await().until(() -> asked.size() == 1);
            assertThat(Duration.ofNanos(awake.nanos() - begun)).isLessThan(Duration.ofSeconds(2));
            assertThat(asked).hasOnlyElementsOfType(LinkPush.StatusAsked.class);
        } finally {
            patient.deactivate();
        }
    }

    @Test
    @Tag("MST-19")
    void asksTheWorkersHowTheyAre() {
        await().until(() -> pushes.stream().anyMatch(LinkPush.StatusAsked.class::isInstance));
    }
}
