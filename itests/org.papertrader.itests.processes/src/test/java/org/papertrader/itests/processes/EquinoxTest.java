package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;

/** The bundles keep to OSGi's standard: the packaged programs, as they are, on another framework than Felix. */
class EquinoxTest {
    private static final Duration FILL_MAX = Duration.ofSeconds(60);
    private static final Symbol AAPL = new Symbol("AAPL");

    @TempDir
    private Path folder;

    @Test
    @Tag("CARD-1")
    void masterAndWorkerServeAClientAndStopInOrder() throws Exception {
        Path equinox = Path.of(System.getProperty("papertrader.it.equinox"));
        try (Installation installation = Installation.startOn(equinox, folder, 500)) {
            try (BlockingTraderClient client = installation.trader("ada")) {
                assertThat(client.quote(AAPL).asset().symbol()).isEqualTo(AAPL);
                OrderId order = client.buy(AAPL, Quantity.parse("2"), null).orderId();
                await().atMost(FILL_MAX).until(() -> client.orders(true).isEmpty());
                assertThat(client.orders(false))
                        .filteredOn(each -> each.id().equals(order))
                        .extracting(Order::status)
                        .containsExactly(OrderStatus.FILLED);
            }
            for (String role : new String[] {"master", "worker"}) {
                assertThat(folder.resolve(role).resolve("cache/org.eclipse.osgi"))
                        .as("what this framework leaves")
                        .isDirectory();
                assertThat(Files.readString(folder.resolve(role).resolve("log/papertrader.log")))
                        .as("log of the " + role)
                        .doesNotContain(" ERROR ");
            }
            assertThat(installation.worker().stop())
                    .as(installation.worker()::outputText)
                    .isZero();
            assertThat(installation.master().stop())
                    .as(installation.master()::outputText)
                    .isZero();
            assertThat(installation.master().outputText()).doesNotContain("papertrader:");
        }
    }
}
