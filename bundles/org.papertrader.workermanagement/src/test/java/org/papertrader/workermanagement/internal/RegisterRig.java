package org.papertrader.workermanagement.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.WorkerLinks;
import org.papertrader.model.WorkerServer;
import org.papertrader.model.WorkerStatus;
import org.papertrader.storage.api.WorkerStore.StoredKey;
import org.papertrader.workers.api.Workers.Admission;
import org.papertrader.workers.api.Workers.WorkerHello;

/** A register on a stored one in memory, with links that record what they are told. */
abstract class RegisterRig {
    static final String FINGERPRINT = "ab".repeat(32);
    static final UUID ONE = UUID.fromString("11111111-1111-4111-8111-111111111111");
    static final UUID TWO = UUID.fromString("22222222-2222-4222-8222-222222222222");
    static final Instant NOW = Instant.parse("2026-03-02T14:30:00Z");
    static final String LOOPBACK = "127.0.0.1";

    @TempDir
    Path folder;

    final MemoryWorkerStore store = new MemoryWorkerStore();
    final TextKeys keys = new TextKeys();
    final List<UUID> booted = new CopyOnWriteArrayList<>();
    final Map<UUID, Closing> closings = new ConcurrentHashMap<>();
    final List<LinkPush> pushes = new CopyOnWriteArrayList<>();
    volatile List<UUID> connected = List.of();
    final AwakeClock awake = new AwakeClock();
    final TestClock clock = new TestClock(NOW);
    final StoredWorkers workers = new StoredWorkers(clock, Duration.ofMillis(20), Duration.ofMillis(50));
    final WorkerDesk desk = new WorkerDesk(workers);
    final TypedCommands commands = new TypedCommands(new WorkerCommands(desk, clock));

    @BeforeEach
    void start() {
        workers.bindWorkerLinks(new RecordingLinks(pushes), Map.of());
        workers.bindPublicKeys(keys, Map.of());
    }

    @AfterEach
    void stop() {
        workers.deactivate();
        awake.close();
    }

    /**
     * When a link was closed first.
     *
     * @param nanos of {@link System#nanoTime}
     * @param awake of the clock that stands while the machine does
     * @param pushed how much had been pushed by then
     */
    record Closing(long nanos, long awake, int pushed) {}

    final class RecordingLinks implements WorkerLinks {
        private final List<LinkPush> pushed;

        RecordingLinks(List<LinkPush> pushed) {
            this.pushed = pushed;
        }

        @Override
        public void push(LinkPush push) {
            pushed.add(push);
        }

        @Override
        public void push(UUID worker, LinkPush push) {
            pushed.add(push);
        }

        @Override
        public List<UUID> connected() {
            return connected;
        }

        @Override
        public void close(UUID worker, String text) {
            booted.add(worker);
            closings.putIfAbsent(worker, new Closing(System.nanoTime(), awake.nanos(), pushed.size()));
        }
    }

    /** Waits until a link is closed, which takes less than a second (MST-21). */
    void awaitClosing(UUID worker, long begunAwake) {
        await().until(() -> closings.containsKey(worker));
        requireWithinASecond(worker, begunAwake);
    }

    void requireWithinASecond(UUID worker, long begunAwake) {
        assertThat(Duration.ofNanos(closings.get(worker).awake() - begunAwake)).isLessThan(Duration.ofSeconds(1));
    }

    /** The key that a worker has where a test says nothing of keys. */
    static String fingerprint(UUID worker) {
        return worker.toString().toUpperCase(Locale.ROOT);
    }

    StoredKey key(UUID worker) {
        return new StoredKey(fingerprint(worker), keys.armored(fingerprint(worker)), NOW);
    }

    /** A line of the configuration: name, region and addresses of a worker, with the file of its key. */
    String line(UUID worker, String particulars) {
        return worker + " " + particulars + " " + keys.file(folder, fingerprint(worker));
    }

    void load(String... lines) {
        workers.use(lines.length, lines);
        workers.bindWorkerStore(store, Map.of());
        await().until(() -> workers.register().all().size() == lines.length);
    }

    Admission admit(UUID uuid, String address, int port) {
        WorkerServer told = new WorkerServer(uuid, "whatever", "203.0.113.5", port, "elsewhere", FINGERPRINT);
        return workers.admit(new WorkerHello(told, "0.1.0", fingerprint(uuid)), IpAddress.parse(address));
    }

    String rejection(UUID uuid, String address) {
        return ((Admission.Rejected) admit(uuid, address, 2049)).text();
    }

    List<LinkPush.MoveClients> moves() {
        return pushes.stream()
                .filter(LinkPush.MoveClients.class::isInstance)
                .map(LinkPush.MoveClients.class::cast)
                .toList();
    }

    void answer(UUID worker, long clients) {
        Instant asked = workers.register().ask();
        workers.reported(
                worker,
                asked,
                new WorkerStatus(
                        clock.instant(),
                        NOW.minusSeconds(600),
                        clients,
                        4,
                        new WorkerStatus.Cache(5, 6 << 20, 970, 30),
                        new WorkerStatus.Memory(7 << 20, 8 << 20),
                        new WorkerStatus.Log(9, 10)));
    }

    static WorkerStatus status(Instant told) {
        return new WorkerStatus(
                told, NOW, 1, 2, WorkerStatus.Cache.NONE, new WorkerStatus.Memory(1, 2), new WorkerStatus.Log(0, 0));
    }

    Admission admission(UUID uuid, String fingerprint) {
        WorkerServer told = new WorkerServer(uuid, "whatever", "203.0.113.5", 2049, "elsewhere", FINGERPRINT);
        return workers.admit(new WorkerHello(told, "0.1.0", fingerprint), IpAddress.parse(LOOPBACK));
    }
}
