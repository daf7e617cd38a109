package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.ConnectionLostException;
import org.papertrader.client.RefusedException;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.UserName;

/** What is acknowledged survives the death of the master, and fills once. */
class CrashTest {
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final UserName ADA = new UserName("ada");
    private static final Set<ReasonCode> PASSING =
            Set.of(ReasonCode.MASTER_UNAVAILABLE, ReasonCode.UNAVAILABLE, ReasonCode.BUSY, ReasonCode.OUTCOME_UNKNOWN);

    @TempDir
    private Path folder;

    @Test
    @Tag("MST-30")
    @Tag("PRO-16")
    void anOrderAcceptedBeforeAKillFillsExactlyOnceAfterTheRestart() throws Exception {
        try (Installation installation = Installation.start(folder, 4_000);
                BlockingTraderClient client = installation.trader("ada")) {
            ClientOrderId id = new ClientOrderId("my-order-1");
            OrderId order = client.buy(AAPL, Quantity.parse("3"), id).orderId();
            installation.master().kill();
            installation.startMaster();
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsMatching(CrashTest::isPassing)
                    .until(() -> client.transactions(ADA).stream()
                            .anyMatch(line -> order.equals(line.order()) && line.outcome() == OrderStatus.FILLED));
            assertThat(patiently(() -> client.buy(AAPL, Quantity.parse("3"), id))
                            .orderId())
                    .as("the same id is the same order")
                    .isEqualTo(order);
            await().during(Duration.ofSeconds(9))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> patiently(() -> fills(client)).size() == 1);
        }
    }

    @Test
    @Tag("PRO-16")
    void whileTheMasterIsAwayCachedValuesGoOnAndOrdersAreRefused() throws Exception {
        try (Installation installation = Installation.start(folder, 4_000);
                BlockingTraderClient client = installation.trader("ada")) {
            client.quote(AAPL);
            installation.master().kill();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> client.quote(AAPL).stamp().stale());
            assertThat(reason(() -> client.buy(AAPL, Quantity.parse("1"), null)))
                    .isEqualTo("masterUnavailable");
            installation.startMaster();
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsMatching(CrashTest::isPassing)
                    .until(() -> client.buy(AAPL, Quantity.parse("1"), null).orderId() != null);
        }
    }

    private static List<Transaction> fills(BlockingTraderClient client) {
        return client.transactions(ADA).stream()
                .filter(line -> line.kind() == Transaction.Kind.BUY && line.outcome() == OrderStatus.FILLED)
                .toList();
    }

    /** As a client's author does: what did nothing, or bears an id, is tried again until a busy server has time for it. */
    private static <T> T patiently(Callable<T> call) {
        return await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsMatching(CrashTest::isPassing)
                .until(call, Objects::nonNull);
    }

    private static String reason(Runnable call) {
        try {
            call.run();
            return "nothing was refused";
        } catch (RefusedException e) {
            return e.refusal().code().code();
        }
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof ConnectionLostException
                || (failure instanceof RefusedException refused
                        && PASSING.contains(refused.refusal().code()));
    }
}
