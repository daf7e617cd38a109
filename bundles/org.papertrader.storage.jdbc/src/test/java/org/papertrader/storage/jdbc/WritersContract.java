package org.papertrader.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.papertrader.model.AccountId;
import org.papertrader.model.Bar;
import org.papertrader.model.Price;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.model.Volume;
import org.papertrader.storage.api.MarketStore.BarResolution;
import org.papertrader.storage.api.MarketStore.StoredBar;
import org.papertrader.storage.api.SessionHash;
import org.papertrader.storage.api.SessionStore.StoredSession;
import org.papertrader.storage.api.SessionStore.Touch;

/** That transactions which write take turns, and nobody else waits. */
public abstract class WritersContract extends StorageContract {
    private static final long WAITS_MILLIS = 300;

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
        Price one = Price.parse("1");
        List<StoredBar> bars = IntStream.range(0, 2_500)
                .mapToObj(i -> NOW.plusSeconds(60L * i))
                .map(end -> new Bar(end.minusSeconds(1), end, one, one, one, one, new Volume(1, 0)))
                .map(bar -> new StoredBar(new Symbol("AAA"), BarResolution.MINUTE, bar, "replay"))
                .toList();
        AtomicInteger commits = new AtomicInteger();
        faults.on((method, first) -> {
            if (method.equals("commit")) {
                commits.incrementAndGet();
            }
        });

        slow.market().putBars(bars);

        assertThat(commits).hasValue(3);
    }

    private CompletableFuture<Void> stoppedInTheMiddle() throws InterruptedException {
        faults.on((method, sql) -> {
            if (isTouch(method, sql)) {
                begun.countDown();
                await();
            }
        });
        CompletableFuture<Void> touching = CompletableFuture.runAsync(this::touch);
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        return touching;
    }

    private void await() throws SQLException {
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
