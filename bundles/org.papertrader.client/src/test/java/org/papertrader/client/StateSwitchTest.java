package org.papertrader.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;
import org.papertrader.protocol.api.Request;

/** The switches of the state that a client puts in by itself. */
@Tag("PRO-5")
class StateSwitchTest {
    private static final SessionId SESSION = SessionId.parse("ab".repeat(32));

    /** It is no fault of the caller's that the state was not switched. */
    @Test
    void whatCameBehindARefusedSwitchIsRefusedForItsReason() throws IOException {
        FakeWorker.Books books = new FakeWorker.Books();
        books.sessions.add(SESSION);
        ClientOptions options = ClientOptions.defaults().withTrust(ServerTrust.plaintext());
        try (FakeWorker worker = FakeWorker.plain(books);
                TraderClient client = TraderClient.connect("localhost", worker.port(), options)) {
            client.resume(SESSION).join();
            worker.refused = Request.SwitchState.class::isInstance;
            List<CompletableFuture<?>> reads = List.of(client.orders(false, null), client.orders(false, null));
            assertThat(reads).allSatisfy(read -> assertThat(read)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withMessageContaining(ReasonCode.MASTER_UNAVAILABLE.code()));
            worker.refused = request -> false;
            assertThat(client.orders(false, null)).succeedsWithin(Duration.ofSeconds(10));
            assertThat(client.buy(new Symbol("AAPL"), Quantity.parse("1"), null))
                    .succeedsWithin(Duration.ofSeconds(10));
        }
    }
}
