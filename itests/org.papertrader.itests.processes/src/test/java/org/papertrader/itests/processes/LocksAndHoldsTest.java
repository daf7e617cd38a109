package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.ConnectionLostException;
import org.papertrader.client.RefusedException;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;

/** What operators do to accounts and to the queue while clients trade through workers. */
@Tag("CARD-9")
@Tag(Installation.ALONE)
class LocksAndHoldsTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final Symbol TSLA = new Symbol("TSLA");
    private static final UserName ADA = new UserName("ada");

    @TempDir
    private Path folder;

    @Test
    @Tag("MST-9")
    void aLockedAccountIsRefusedAtEveryWorkerWithinASecond() throws Exception {
        try (Cluster cluster = new Cluster(folder)) {
            cluster.join("a");
            cluster.join("b");
            try (BlockingTraderClient first = client(cluster, "a");
                    BlockingTraderClient second = client(cluster, "b");
                    BlockingTraderClient other = client(cluster, "b")) {
                register(first, "ada");
                register(other, "bob");
                login(first, "ada");
                login(second, "ada");
                login(other, "bob");
                SessionId session = first.session();
                cluster.typeUntil("queue:hold AAPL", "orders of AAPL are held");
                OrderId order = first.buy(AAPL, Quantity.parse("1"), null).orderId();
                for (BlockingTraderClient client : List.of(first, second, other)) {
                    // From here on it is answered by the worker's cache.
                    client.quote(AAPL);
                }

                Instant begun = Instant.now();
                cluster.type("accounts:lock ada --reason spam --yes");
                await().pollInterval(Duration.ofMillis(10))
                        .atMost(PATIENCE)
                        .until(() -> isLocked(() -> first.quote(AAPL)) && isLocked(() -> second.quote(AAPL)));
                Duration passed = Duration.between(begun, Instant.now());

                assertThat(passed).isLessThan(LIMIT);
                assertThatThrownBy(() -> second.buy(AAPL, Quantity.parse("1"), null))
                        .isInstanceOf(RefusedException.class);
                assertThat(isLocked(() -> with(cluster, "b", client -> client.resume(session))))
                        .isTrue();
                assertThat(isLocked(() -> with(cluster, "a", client -> login(client, "ada"))))
                        .isTrue();
                other.quote(AAPL);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(cluster.logged("master", "org.papertrader.audit.accounts"))
                                .anySatisfy(line -> assertThat(line)
                                        .contains("lock ada: done: ada is locked; 2 sessions ended, because: spam")));

                cluster.type("queue:release AAPL");
                cluster.typeUntil("accounts:unlock ada", "ada is unlocked");
                with(cluster, "b", client -> {
                    login(client, "ada");
                    awaitStatus(client, order, OrderStatus.FILLED);
                });
            }
        }
    }

    @Test
    @Tag("MST-30")
    void whatIsHeldFillsOverNoIntervalAndNoCrashUntilItIsReleased() throws Exception {
        try (Cluster cluster = new Cluster(folder)) {
            cluster.join("a");
            try (BlockingTraderClient client = client(cluster, "a")) {
                register(client, "ada");
                login(client, "ada");
                cluster.typeUntil("queue:hold AAPL --reason 'a wrong price'", "orders of AAPL are held");
                OrderId held = patiently(
                        () -> client.buy(AAPL, Quantity.parse("1"), null).orderId());
                OrderId doomed = patiently(
                        () -> client.buy(AAPL, Quantity.parse("2"), null).orderId());

                awaitOtherFills(client);
                assertHeld(client, held);
                cluster.crashMaster();
                awaitOtherFills(client);
                assertHeld(client, held);
                cluster.typeUntil("queue:list --user ada", "heldByOperator", "2 of 2");
                cluster.typeUntil("queue:cancel " + doomed + " --reason mistaken --yes", "is cancelled");
                assertThat(order(client, doomed).reason().code()).isEqualTo(ReasonCode.CANCELLED_BY_OPERATOR);

                cluster.typeUntil("queue:release AAPL", "orders of AAPL are released");
                awaitStatus(client, held, OrderStatus.FILLED);
                assertThat(client.transactions(ADA).stream().filter(line -> held.equals(line.order())))
                        .hasSize(1);
            }
        }
    }

    /** Intervals pass, and settle what is not held. */
    private static void awaitOtherFills(BlockingTraderClient client) {
        for (int i = 0; i < 2; i++) {
            OrderId other =
                    patiently(() -> client.buy(TSLA, Quantity.parse("1"), null).orderId());
            awaitStatus(client, other, OrderStatus.FILLED);
        }
    }

    private static void assertHeld(BlockingTraderClient client, OrderId id) {
        Order order = order(client, id);
        assertThat(order.status()).isEqualTo(OrderStatus.OPEN);
        assertThat(order.reason().code()).isEqualTo(ReasonCode.HELD_BY_OPERATOR);
        assertThat(order.reason().text()).endsWith("a wrong price");
    }

    private static void awaitStatus(BlockingTraderClient client, OrderId id, OrderStatus status) {
        await().atMost(PATIENCE)
                .ignoreExceptionsMatching(LocksAndHoldsTest::isPassing)
                .until(() -> order(client, id).status() == status);
    }

    private static Order order(BlockingTraderClient client, OrderId id) {
        return patiently(() -> client.orders(false).stream()
                .filter(order -> order.id().equals(id))
                .findFirst()
                .orElseThrow());
    }

    private static <T> T patiently(Callable<T> call) {
        return await().atMost(PATIENCE)
                .ignoreExceptionsMatching(LocksAndHoldsTest::isPassing)
                .until(call, Objects::nonNull);
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof ConnectionLostException
                || (failure instanceof RefusedException refused
                        && List.of(ReasonCode.MASTER_UNAVAILABLE, ReasonCode.UNAVAILABLE, ReasonCode.BUSY)
                                .contains(refused.refusal().code()));
    }

    private static boolean isLocked(Runnable call) {
        try {
            call.run();
            return false;
        } catch (RefusedException e) {
            assertThat(e.refusal().code()).isEqualTo(ReasonCode.ACCOUNT_LOCKED);
            return true;
        }
    }

    private static BlockingTraderClient client(Cluster cluster, String worker) {
        return BlockingTraderClient.connect(cluster.worker(worker), cluster.options());
    }

    private static void with(Cluster cluster, String worker, Consumer<BlockingTraderClient> use) {
        try (BlockingTraderClient client = client(cluster, worker)) {
            use.accept(client);
        }
    }

    private static void register(BlockingTraderClient client, String name) {
        client.register(name, name + "@example.org", "a password of " + name);
    }

    private static void login(BlockingTraderClient client, String name) {
        client.login(name, "a password of " + name, false);
    }
}
