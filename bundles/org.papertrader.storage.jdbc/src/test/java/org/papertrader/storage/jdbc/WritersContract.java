package org.papertrader.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.papertrader.model.AccountId;
import org.papertrader.model.Asset;
import org.papertrader.model.Bar;
import org.papertrader.model.Money;
import org.papertrader.model.Price;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.model.Volume;
import org.papertrader.storage.api.LedgerBatch;
import org.papertrader.storage.api.LedgerBatch.CashRow;
import org.papertrader.storage.api.MarketStore.BarKey;
import org.papertrader.storage.api.MarketStore.BarResolution;
import org.papertrader.storage.api.MarketStore.StoredBar;
import org.papertrader.storage.api.SessionHash;
import org.papertrader.storage.api.SessionStore.StoredSession;
import org.papertrader.storage.api.SessionStore.Touch;

/** That transactions which write take turns, and nobody else waits. */
public abstract class WritersContract extends StorageContract {
    private static final long WAITS_MILLIS = 300;
    private static final int ROUNDS = 50;
    private static final UUID WORKER = new UUID(0, 7);

    private final Faults faults = new Faults();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    private JdbcStorage slow;

    @BeforeEach
    final void openSlow() {
        slow = JdbcStorage.open(
                faults.over(dataSource()), dialect(), new PoolSettings(4, Duration.ofSeconds(20)), Clock.systemUTC());
        slow.sessions().add(session(1));
    }

    @AfterEach
    final void closeSlow() {
        go.countDown();
        slow.close();
    }

    @Test
    void keepsWritersOfOneStoreApart() throws Exception {
        CompletableFuture<Void> first = stoppedInTheMiddle();

        CompletableFuture<Void> second =
                CompletableFuture.runAsync(() -> slow.sessions().add(session(2)));

        assertWaits(second);
        go.countDown();
        first.get(20, TimeUnit.SECONDS);
        second.get(20, TimeUnit.SECONDS);
    }

    /** As while a new version of the bundle takes over from the old one. */
    @Test
    void keepsWritersOfTwoStoresOnOneDatabaseApart() throws Exception {
        CompletableFuture<Void> first = stoppedInTheMiddle();

        CompletableFuture<Void> second =
                CompletableFuture.runAsync(() -> storage.sessions().add(session(2)));
        CompletableFuture<Void> sync =
                CompletableFuture.runAsync(() -> storage.ledger().sync());

        assertWaits(second);
        // It writes out what is under way.
        assertWaits(sync);
        go.countDown();
        first.get(20, TimeUnit.SECONDS);
        second.get(20, TimeUnit.SECONDS);
        sync.get(20, TimeUnit.SECONDS);
    }

    @Test
    void readsBesideAWriter() throws Exception {
        CompletableFuture<Void> first = stoppedInTheMiddle();

        CompletableFuture<Integer> found = CompletableFuture.supplyAsync(
                () -> slow.sessions().ofAccount(new AccountId(1)).size());

        assertThat(found.get(20, TimeUnit.SECONDS)).isOne();
        assertThat(first).isNotDone();
    }

    @Test
    void goesOnAfterAWriterThatFailed() {
        faults.on((method, sql) -> {
            if (isTouch(method, sql)) {
                throw new SQLException("out of order");
            }
        });
        assertThatThrownBy(this::touch).hasMessageContaining("out of order");
        faults.off();

        storage.sessions().add(session(2));
        slow.sessions().add(session(3));

        assertThat(slow.sessions().ofAccount(new AccountId(1))).hasSize(3);
    }

    @Test
    void storesManyBarsInSeveralTransactions() {
        AtomicInteger commits = commits();

        slow.market().putBars(bars());

        assertThat(commits).hasValue(3);
    }

    @Test
    void dropsManyValuesInSeveralTransactions() {
        slow.market().putBars(bars());
        slow.market().putCurrent(assets());
        IntStream.range(0, 2_500).forEach(i -> slow.market().putState("history." + i, "x"));
        AtomicInteger commits = commits();

        Optional<BarKey> dropped = slow.market().dropValues("replay", null);
        assertThat(commits).as("the latest values, and a thousand bars").hasValue(3 + 1);
        while (dropped.isPresent()) {
            dropped = slow.market().dropValues("replay", dropped.get());
        }
        assertThat(commits).hasValue(3 + 3);

        slow.market().dropStates("history.");
        assertThat(commits).hasValue(3 + 3 + 3);
        assertThat(slow.market().current()).isEmpty();
        assertThat(slow.market().lastEnd(new Symbol("AAA"), BarResolution.MINUTE))
                .isEmpty();
    }

    /** What is not folded is taken by the next load; the end of the program must not wait for it. */
    @Test
    void endsWithoutFoldingTheRest() throws Exception {
        AtomicInteger folds = new AtomicInteger();
        faults.on((method, sql) -> {
            if (method.equals("prepareStatement") && ((String) sql).startsWith("UPDATE ledger_fold")) {
                folds.incrementAndGet();
                begun.countDown();
                letGo();
            }
        });
        List<CashRow> many = IntStream.rangeClosed(1, Folder.ROWS_BEFORE_FOLD)
                .mapToObj(account -> new CashRow(new AccountId(account), new Money(account), 1, 1))
                .toList();
        slow.ledger()
                .commit(
                        slow.ledger().takeEpoch(),
                        new LedgerBatch(List.of(), List.of(), List.of(), List.of(), many, List.of(), null));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        Thread closing = new Thread(slow::close, "closing");
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        go.countDown();
        closing.join(20_000);

        assertThat(folds).hasValue(1);
        assertThat(storage.ledger().load().accounts()).isEqualTo(many);
    }

    @Test
    void notesTheUseOfManySessionsInSeveralTransactions() {
        StoredSession session = session(1);
        List<Touch> touches = IntStream.range(0, 2_500)
                .mapToObj(i -> new Touch(session(i).hash(), NOW.plusSeconds(5), session.expires()))
                .toList();
        AtomicInteger commits = commits();

        slow.sessions().touch(touches);

        assertThat(commits).hasValue(3);
        assertThat(slow.sessions().find(session.hash()).orElseThrow().lastUsed())
                .isEqualTo(NOW.plusSeconds(5));
    }

    /**
     * Whoever comes back at once finds the other one who waits, in each of many rounds: a lock that lets somebody overtake
     * would have to wake that one before the next instruction of the thread that woke it, every time.
     */
    @Test
    void letsNobodyWaitForMoreThanOneTransaction() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            List<String> order = Collections.synchronizedList(new ArrayList<>());
            Thread patient = new Thread(() -> slow.workers().seen(WORKER, NOW), "patient");
            AtomicBoolean waits = new AtomicBoolean();
            faults.on((method, sql) -> {
                if (method.equals("prepareStatement")) {
                    order.add(Thread.currentThread().getName());
                    if (waits.compareAndSet(false, true)) {
                        patient.start();
                        await().pollDelay(Duration.ZERO)
                                .pollInterval(Duration.ofMillis(1))
                                .until(() -> patient.getState() == Thread.State.WAITING);
                    }
                }
            });
            Thread greedy = new Thread(
                    () -> {
                        for (int i = 0; i < 20; i++) {
                            slow.workers().seen(WORKER, NOW);
                        }
                    },
                    "greedy");
            greedy.start();
            greedy.join(20_000);
            patient.join(20_000);

            assertThat(order).as("round %d", round).hasSize(21).startsWith("greedy", "patient", "greedy");
        }
    }

    private AtomicInteger commits() {
        AtomicInteger commits = new AtomicInteger();
        faults.on((method, first) -> {
            if (method.equals("commit")) {
                commits.incrementAndGet();
            }
        });
        return commits;
    }

    private static List<StoredBar> bars() {
        return IntStream.range(0, 2_500)
                .mapToObj(i -> bar(NOW.plusSeconds(60L * i)))
                .map(bar -> new StoredBar(new Symbol("AAA"), BarResolution.MINUTE, bar, "replay"))
                .toList();
    }

    private static List<Asset> assets() {
        return IntStream.range(0, 2_500)
                .mapToObj(i -> new Asset(new Symbol("A" + i), bar(NOW), "replay"))
                .toList();
    }

    private static Bar bar(Instant end) {
        Price one = Price.parse("1");
        return new Bar(end.minusSeconds(1), end, one, one, one, one, new Volume(1, 0));
    }

    private CompletableFuture<Void> stoppedInTheMiddle() throws InterruptedException {
        faults.on((method, sql) -> {
            if (isTouch(method, sql)) {
                begun.countDown();
                letGo();
            }
        });
        CompletableFuture<Void> touching = CompletableFuture.runAsync(this::touch);
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        return touching;
    }

    private void letGo() throws SQLException {
        try {
            if (!go.await(60, TimeUnit.SECONDS)) {
                throw new SQLException("nobody let it go on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException(e);
        }
    }

    private static boolean isTouch(String method, Object sql) {
        return method.equals("prepareStatement") && ((String) sql).startsWith("UPDATE user_session");
    }

    private void touch() {
        StoredSession session = session(1);
        slow.sessions().touch(List.of(new Touch(session.hash(), NOW.plusSeconds(1), session.expires())));
    }

    private static void assertWaits(CompletableFuture<Void> work) {
        assertThatThrownBy(() -> work.get(WAITS_MILLIS, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    private static StoredSession session(int number) {
        return new StoredSession(
                new SessionHash(String.format("%064x", number)),
                new AccountId(1),
                new UserName("anne"),
                NOW,
                NOW,
                NOW.plus(Duration.ofDays(1)),
                true,
                InetAddress.getLoopbackAddress());
    }
}
