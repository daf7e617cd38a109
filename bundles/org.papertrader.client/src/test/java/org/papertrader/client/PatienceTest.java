package org.papertrader.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.Quantity;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;
import org.papertrader.protocol.api.Request;

/** A worker to which many come at once answers later than a client waits at first. */
@Tag("MST-22")
class PatienceTest {
    private static final SessionId SESSION = SessionId.parse("ab".repeat(32));
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration SLOW = Duration.ofMillis(600);

    @Test
    void aClientWaitsLongerFromTryToTry() throws IOException {
        FakeWorker.Books books = new FakeWorker.Books();
        books.sessions.add(SESSION);
        ClientOptions defaults = ClientOptions.defaults().withTrust(ServerTrust.plaintext());
        ClientOptions options = new ClientOptions(
                FIRST,
                Duration.ofSeconds(20),
                defaults.notices(),
                defaults.moves(),
                defaults.progress(),
                defaults.trust(),
                Duration.ZERO);
        FakeWorker first = FakeWorker.plain(books);
        try (FakeWorker second = FakeWorker.plain(books)) {
            second.unanswered = request -> {
                LockSupport.parkNanos(request instanceof Request.ResumeSession ? SLOW.toNanos() : 1);
                return false;
            };
            WorkerSource both = WorkerSource.workers(List.of(first.entry(), second.entry()));
            try (TraderClient client = TraderClient.connect(both, options)) {
                client.resume(SESSION).join();
                first.close();
                assertThat(client.buy(new Symbol("AAPL"), Quantity.parse("1"), null))
                        .succeedsWithin(Duration.ofSeconds(20));
                assertThat(client.server()).isEqualTo(second.address());
            }
        }
    }
}
