package org.papertrader.workermanagement.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.WorkerLinks;
import org.papertrader.model.WorkerServer;
import org.papertrader.storage.api.WorkerStore.StoredWorker;
import org.papertrader.workers.api.Workers.Admission;
import org.papertrader.workers.api.Workers.WorkerHello;

@Tag("MST-19")
class StoredWorkersTest {
    private static final UUID ONE = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final UUID TWO = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final Instant NOW = Instant.parse("2026-03-02T14:30:00Z");
    private static final String FINGERPRINT = "ab".repeat(32);
    private static final String LOOPBACK = "127.0.0.1";

    private final MemoryWorkerStore store = new MemoryWorkerStore();
    private final List<UUID> booted = new CopyOnWriteArrayList<>();
    private volatile List<UUID> connected = List.of();
    private final StoredWorkers workers = new StoredWorkers(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMillis(20));
    private final WorkerCommands commands = new WorkerCommands(workers);

    @BeforeEach
    void start() {
        workers.bindWorkerLinks(new RecordingLinks(), Map.of());
    }

    @AfterEach
    void stop() {
        workers.deactivate();
    }

    private final class RecordingLinks implements WorkerLinks {
        @Override
        public void push(LinkPush push) {
            throw new AssertionError("nothing is pushed here");
        }

        @Override
        public List<UUID> connected() {
            return connected;
        }

        @Override
        public void close(UUID worker, String text) {
            booted.add(worker);
        }
    }

    private void load(String... lines) {
        workers.use(lines.length, lines);
        workers.bindWorkerStore(store, Map.of());
        await().until(() -> workers.register().all().size() == lines.length);
    }

    private Admission admit(UUID uuid, String address, int port) {
        WorkerServer told = new WorkerServer(uuid, "whatever", "203.0.113.5", port, "elsewhere", FINGERPRINT);
        return workers.admit(new WorkerHello(told, "0.1.0"), IpAddress.parse(address));
    }

    private String rejection(UUID uuid, String address) {
        return ((Admission.Rejected) admit(uuid, address, 2049)).text();
    }

    @Test
    @Tag("MST-20")
    void registersByConfigurationOnFirstSight() {
        load(ONE + " alpha eu 127.0.0.1,::1", TWO + " beta us 10.0.0.0/8");

        assertThat(store.workers.get(ONE))
                .isEqualTo(new StoredWorker(ONE, "alpha", "eu", "127.0.0.1,::1", true, NOW, null));
        assertThat(store.workers).containsOnlyKeys(ONE, TWO);
    }

    @Test
    void configurationDoesNotUndoWhatTheOperatorStored() {
        store.put(new StoredWorker(ONE, "alpha", "eu", LOOPBACK, false, Instant.EPOCH, null));
        load(ONE + " other us 10.0.0.1");

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
                "11111111-1111-4111-8111-111111111111 alpha eu 127.0.0.1 more"
            })
    void unreadableConfigurationIsIgnored(String line) {
        workers.use(1, new String[] {line, TWO + " beta us 127.0.0.1"});
        workers.bindWorkerStore(store, Map.of());

        await().untilAsserted(() -> assertThat(store.workers).containsOnlyKeys(TWO));
    }

    @Test
    @Tag("MST-20")
    void admitsOnlyRegisteredEnabledWorkersFromAllowedAddresses() {
        assertThat(rejection(ONE, LOOPBACK)).isEqualTo("the register is not loaded yet");
        load(ONE + " alpha eu 127.0.0.1");

        assertThat(rejection(TWO, LOOPBACK)).isEqualTo("it is not registered");
        assertThat(rejection(ONE, "127.0.0.2")).isEqualTo("its address is not allowed");
        assertThat(admit(ONE, LOOPBACK, 2049)).isEqualTo(new Admission.Admitted());
        commands.disable("alpha");
        assertThat(rejection(ONE, LOOPBACK)).isEqualTo("it is disabled");
        commands.enable("alpha");
        assertThat(admit(ONE, LOOPBACK, 2049)).isEqualTo(new Admission.Admitted());
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "65536"})
    void refusesAdvertisedAddressesThatAreNone(int port) {
        load(ONE + " alpha eu 127.0.0.1");

        assertThat(admit(ONE, LOOPBACK, port)).isInstanceOf(Admission.Rejected.class);
    }

    @Test
    @Tag("MST-22")
    @Tag("PRO-10")
    @Tag("DS-6")
    void tellsClientsOfConnectedWorkersAsRegisteredAtTheAdvertisedAddress() {
        load(ONE + " alpha eu 127.0.0.1", TWO + " beta us 127.0.0.1");
        assertThat(workers.available()).isEmpty();

        admit(TWO, LOOPBACK, 2050);
        admit(ONE, LOOPBACK, 2049);

        assertThat(workers.available())
                .containsExactly(
                        new WorkerServer(ONE, "alpha", "203.0.113.5", 2049, "eu", FINGERPRINT),
                        new WorkerServer(TWO, "beta", "203.0.113.5", 2050, "us", FINGERPRINT));
        workers.left(ONE);
        assertThat(workers.available()).extracting(WorkerServer::name).containsExactly("beta");
        await().untilAsserted(() -> assertThat(store.seen).containsOnlyKeys(ONE, TWO));
    }

    @Test
    void ofTwoLinksOfAWorkerTheNewerWins() {
        load(ONE + " alpha eu 127.0.0.1");
        admit(ONE, LOOPBACK, 2049);
        assertThat(admit(ONE, LOOPBACK, 2059)).isEqualTo(new Admission.Admitted());

        assertThat(workers.available()).extracting(WorkerServer::port).containsExactly(2059);
        workers.left(ONE);
        assertThat(workers.available()).isEmpty();
        workers.left(ONE);
        assertThat(admit(ONE, LOOPBACK, 2049)).isEqualTo(new Admission.Admitted());
        assertThat(workers.available()).hasSize(1);
    }

    @Test
    @Tag("MST-21")
    void input33ALinkThatMayNotStandIsClosedWithinASecond() {
        load(ONE + " alpha eu 127.0.0.1");
        connected = List.of(ONE, TWO);

        await().atMost(Duration.ofSeconds(1)).until(() -> booted.contains(TWO));

        assertThat(booted).doesNotContain(ONE);
    }

    @Test
    @Tag("MST-21")
    void disablingAndRemovingBootAWorkerOff() {
        load(ONE + " alpha eu 127.0.0.1", TWO + " beta us 127.0.0.1");
        admit(ONE, LOOPBACK, 2049);
        admit(TWO, LOOPBACK, 2050);

        assertThat(commands.disable("alpha")).isEqualTo("alpha is off\n");
        assertThat(commands.remove(TWO.toString())).contains("beta is removed");

        assertThat(booted).containsExactly(ONE, TWO);
        assertThat(workers.available()).isEmpty();
        assertThat(store.workers).containsOnlyKeys(ONE);
        assertThat(store.workers.get(ONE).enabled()).isFalse();
        assertThat(rejection(TWO, LOOPBACK)).isEqualTo("it is not registered");
    }

    @Test
    @Tag("MST-21")
    void bootsAWorkerOffEvenWhileTheStorageFails() {
        load(ONE + " alpha eu 127.0.0.1");
        admit(ONE, LOOPBACK, 2049);
        store.fails = true;

        assertThat(commands.disable("alpha")).contains("the disk is gone");

        assertThat(booted).containsExactly(ONE);
        assertThat(rejection(ONE, LOOPBACK)).isEqualTo("it is disabled");
    }

    @Test
    void loadsAgainUntilTheStorageAnswers() {
        store.put(new StoredWorker(ONE, "alpha", "eu", LOOPBACK, true, NOW, null));
        store.fails = true;
        workers.bindWorkerStore(store, Map.of());
        assertThat(rejection(ONE, LOOPBACK)).contains("not loaded");
        store.fails = false;

        await().until(() -> workers.register().isLoaded());
        assertThat(admit(ONE, LOOPBACK, 2049)).isEqualTo(new Admission.Admitted());
    }

    @Test
    void keepsWhoIsConnectedWhenTheStorageIsSwapped() {
        load(ONE + " alpha eu 127.0.0.1");
        admit(ONE, LOOPBACK, 2049);
        MemoryWorkerStore other = new MemoryWorkerStore();
        other.put(new StoredWorker(ONE, "renamed", "eu", LOOPBACK, true, NOW, null));

        workers.unbindWorkerStore(store);
        workers.bindWorkerStore(other, Map.of());

        await().untilAsserted(() ->
                assertThat(workers.available()).extracting(WorkerServer::name).containsExactly("renamed"));
    }

    @Test
    void oneUnreadableEntryDoesNotKeepTheOthersOut() {
        store.put(new StoredWorker(ONE, "alpha", "eu", "rubbish", true, NOW, null));
        store.put(new StoredWorker(TWO, "beta", "us", LOOPBACK, true, NOW, null));
        workers.bindWorkerStore(store, Map.of());

        await().until(() -> workers.register().isLoaded());
        assertThat(admit(TWO, LOOPBACK, 2049)).isEqualTo(new Admission.Admitted());
        assertThat(rejection(ONE, LOOPBACK)).isEqualTo("it is not registered");
    }

    @Test
    @Tag("VAR-2")
    void expectedNumberIsLive() {
        load(ONE + " alpha eu 127.0.0.1");
        assertThat(commands.list()).endsWith("0 connected, 1 expected, 1 registered\n");

        workers.use(3, new String[0]);

        assertThat(commands.list()).endsWith("0 connected, 3 expected, 1 registered\n");
    }

    @Test
    @Tag("CARD-9")
    @Tag("DS-7")
    void listIsAlignedAndAtMost80ColumnsWide() {
        load(
                ONE + " a-name-of-thirty-two-characters! a-region-of-thirty-two-character 127.0.0.1",
                TWO + " beta us 127.0.0.1");
        admit(ONE, LOOPBACK, 65_535);

        List<String> lines = commands.list().lines().toList();

        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        int column = lines.get(0).indexOf("state");
        assertThat(lines.get(1).substring(column)).startsWith("connected");
        assertThat(lines.get(2).substring(column)).startsWith("away");
    }

    @Test
    @Tag("MST-19")
    void showsAllOfAWorkerWithoutItsControlCharacters() {
        load(ONE + " alpha eu 127.0.0.1");
        WorkerServer told = new WorkerServer(ONE, "x", "203.0.113.5", 2049, "y", "");
        workers.admit(new WorkerHello(told, "1.0\u001b[2J\r\nfake"), IpAddress.parse(LOOPBACK));

        assertThat(commands.show("alpha"))
                .contains(ONE.toString(), "127.0.0.1", "203.0.113.5:2049", "1.0?[2J??fake")
                .doesNotContain("\u001b");
    }

    @Test
    void registersAndChangesByCommand() {
        load();
        await().until(() -> workers.register().isLoaded());

        assertThat(commands.register(ONE.toString(), "alpha", "eu", LOOPBACK)).isEqualTo("alpha is registered\n");
        assertThat(commands.register(ONE.toString(), "alpha", "us", "10.0.0.0/8"))
                .startsWith("alpha is changed");
        assertThat(commands.register(TWO.toString(), "alpha", "us", LOOPBACK)).contains("another worker has the name");
        assertThat(commands.register("1-2-3-4-5", "beta", "us", LOOPBACK)).contains("no UUID");
        assertThat(commands.register(TWO.toString(), "beta", "us", "example.org"))
                .contains("no IP address");
        assertThat(commands.register(TWO.toString(), "be ta", "us", LOOPBACK)).contains("without blanks");
        assertThat(store.workers).containsOnlyKeys(ONE);
        assertThat(store.workers.get(ONE).region()).isEqualTo("us");
    }

    @Test
    void input38CommandsOnUnknownWorkersSaySo() {
        load();

        for (String answer :
                List.of(commands.disable(TWO.toString()), commands.remove(TWO.toString()), commands.enable("nobody"))) {
            assertThat(answer).startsWith("there is no worker");
        }
        assertThat(commands.show("x\u001b[2J")).isEqualTo("there is no worker x?[2J\n");
        assertThat(booted).isEmpty();
    }
}
