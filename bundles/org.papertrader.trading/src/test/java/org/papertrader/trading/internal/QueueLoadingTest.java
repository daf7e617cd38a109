package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.papertrader.trading.internal.TradingFixture.AAPL;
import static org.papertrader.trading.internal.TradingFixture.IBM;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.Side;
import org.papertrader.shell.text.Failed;

/** What operators see of the queue while it is loading: never the opposite of what is stored. */
@Tag("MST-30")
class QueueLoadingTest {
    private final MemoryLedgerStore store = new MemoryLedgerStore();
    private TradingFixture fixture = new TradingFixture(store);
    private OrderId order;

    /** An order and a hold are stored; the trading after that does not come to load them. */
    @BeforeEach
    void begin() {
        fixture.price(AAPL, "100");
        fixture.price(IBM, "50");
        fixture.awaitReady();
        order = fixture.accepted(1, Side.BUY, AAPL, "1");
        fixture.commands().hold("", "IBM");
        fixture.close();
        store.beforeLoad = () -> {
            throw new IllegalStateException("on purpose");
        };
        fixture = new TradingFixture(store);
        fixture.settings =
                TradingFixture.with(Money.ZERO, 5, 1_000, 10_000, Duration.ofDays(7), 5_000, Duration.ofMillis(100));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void whatIsNotKnownIsRefused() {
        QueueCommands commands = fixture.commands();

        assertIsLoading(() -> commands.list(false, "", "", "", "50"));
        assertIsLoading(() -> commands.cancel("", true, order.toString()));
    }

    @Test
    void showAndStatusTellTheStateAlone() throws Exception {
        assertThat(fixture.commands().show(false))
                .containsPattern("(?m)^state +LOADING$")
                .contains("underWay")
                .doesNotContain("held", "openOrders", "settling", "lastStoredOrder");
        assertThat(new QueueSection(fixture.house()::inspect).queue()).hasToString("{state=loading}");
    }

    @Test
    void whoTriedToChangeItIsInTheLogAlsoWithoutAnAnswer() {
        QueueCommands commands = fixture.commands();

        String log = logOf(() -> {
            assertThatThrownBy(() -> commands.hold("", "AAPL")).isInstanceOf(Failed.class);
            assertThatThrownBy(() -> commands.release()).isInstanceOf(Failed.class);
        });

        assertThat(log)
                .contains("org.papertrader.audit.queue - hold AAPL: no answer: nothing is known to be changed")
                .contains(
                        "org.papertrader.audit.queue - release all orders: no answer: nothing is known to be changed");
    }

    private static void assertIsLoading(ThrowingCallable command) {
        assertThatThrownBy(command).isInstanceOf(Failed.class).hasMessage("trading is loading, try again");
    }

    private static String logOf(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
