package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.RefusedException;
import org.papertrader.client.TraderClient;
import org.papertrader.model.OrderId;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.UserName;

/** A worker on a machine whose clock is five seconds wrong, beside one whose clock is right. */
@Tag("PRO-16")
class WrongClockTest {
    private static final String LIMIT = "config:set org.papertrader.workermanagement clockOffsetMaxMs ";
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final UserName ADA = new UserName("ada");
    private static final int ROUNDS = 5;
    private static final int ORDERS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** More than how far off the correction may be, half of a quick answer's time for either worker. */
    private static final Duration GAP = Duration.ofMillis(60);
    /** Closer to a right stamp than to one of the wrong clock, with time for an order to come to its decision. */
    private static final long STAMP_MILLIS = 2_400;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"5, ahead", "-5, behind"})
    void itsOrdersAreRefusedBeyondTheLimitAndOtherwiseTakeTheirPlaceByTheRightTime(long seconds, String direction)
            throws Exception {
        Duration off = Duration.ofSeconds(seconds);
        try (Cluster cluster = new Cluster(folder)) {
            cluster.type(LIMIT + "2000");
            cluster.join("right");
            try (BlockingTraderClient right = client(cluster, "right")) {
                right.register("ada", "ada@example.org", "a password of ada");
                right.login("ada", "a password of ada", false);
                SessionId session = right.session();
                Cluster.Plan plan = cluster.plan("wrong")
                        .withHome(ShiftedClock.distribution(Installation.home("worker"), folder.resolve("wrong"), off));
                cluster.join(plan);
                try (BlockingTraderClient wrong = client(cluster, "wrong")) {
                    wrong.resume(session);

                    assertRefused(wrong);
                    cluster.typeUntil(
                            "worker:list",
                            " ms " + direction + ", too far: its orders are refused",
                            "2 connected, 1 expected, 2 registered; health: degraded");
                    assertThat(cluster.logged("master", "the clock of worker " + plan.uuid() + " is "))
                            .singleElement()
                            .asString()
                            .contains(
                                    " WARN ",
                                    " ms " + direction + "; the orders that it stamps are refused until it is right");

                    cluster.type(LIMIT + "60000");
                    cluster.typeUntil(
                            "worker:list",
                            " ms " + direction + ", corrected for",
                            "2 connected, 1 expected, 2 registered; health: ok");
                    assertOrderOfTime(right, wrong, off);

                    cluster.type(LIMIT + "2000");
                    await().atMost(PATIENCE)
                            .until(() -> cluster.logged("master", "the clock of worker " + plan.uuid() + " is ")
                                            .size()
                                    == 3);
                    assertRefused(wrong);
                }
            }
        }
    }

    private static BlockingTraderClient client(Cluster cluster, String worker) {
        return TraderClient.connect(cluster.worker(worker), cluster.options()).blocking();
    }

    private static void assertRefused(BlockingTraderClient wrong) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> wrong.buy(AAPL, Quantity.parse("1"), null))
                .satisfies(refused -> {
                    assertThat(refused.refusal().code()).isEqualTo(ReasonCode.UNAVAILABLE);
                    assertThat(refused.refusal().text()).contains("clock is wrong");
                });
    }

    /** Orders of one account through both workers by turns go through in the order in which they were given. */
    private static void assertOrderOfTime(BlockingTraderClient right, BlockingTraderClient wrong, Duration off) {
        List<OrderId> given = new ArrayList<>();
        Set<OrderId> misdated = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < ORDERS; i++) {
                BlockingTraderClient by = i % 2 == 0 ? wrong : right;
                OrderId order = by.buy(AAPL, Quantity.parse("0.01"), null).orderId();
                Instant answered = Instant.now();
                given.add(order);
                if (by == wrong) {
                    misdated.add(order);
                }
                await().pollDelay(GAP)
                        .until(() -> Duration.between(answered, Instant.now()).compareTo(GAP) >= 0);
            }
            await().atMost(PATIENCE).until(() -> right.orders(true).isEmpty());
        }
        List<Transaction> bought = right.transactions(ADA).stream()
                .filter(line -> line.kind() == Transaction.Kind.BUY)
                .toList();
        assertThat(bought).extracting(Transaction::order).containsExactlyElementsOf(given);
        assertThat(bought).allSatisfy(line -> assertThat(
                        Duration.between(line.times().accepted(), line.times().issued())
                                .toMillis())
                .as("the stamp as the worker made it")
                .isCloseTo(misdated.contains(line.order()) ? off.toMillis() : 0, within(STAMP_MILLIS)));
    }
}
