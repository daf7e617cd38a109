package org.papertrader.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.client.FakeWorker.Books;
import org.papertrader.model.Quantity;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;
import org.papertrader.protocol.api.Request;

/** A worker that has lost its link to the master while others have not. */
@Tag("MST-22")
class StrandedTest {
    private static final SessionId SESSION = SessionId.parse("ab".repeat(32));

    private final Books books = new Books();
    private final Queue<ClientOptions.Moved> moves = new ConcurrentLinkedQueue<>();
    private FakeWorker master;
    private FakeWorker first;
    private FakeWorker second;
    private TraderClient client;

    @BeforeEach
    void start() throws IOException {
        books.sessions.add(SESSION);
        master = FakeWorker.plain(books);
        first = FakeWorker.plain(books);
        second = FakeWorker.plain(books);
        books.workers = List.of(first.entry(), second.entry());
        client = TraderClient.connect(
                WorkerSource.master("localhost", master.port()),
                ClientOptions.defaults()
                        .withTrust(ServerTrust.plaintext())
                        .withMeasuring(Duration.ZERO)
                        .withMoves(moves::add));
        client.resume(SESSION).join();
        first.refused = Request.Purchase.class::isInstance;
    }

    @AfterEach
    void stop() {
        client.close();
        first.close();
        second.close();
        master.close();
    }

    private void buy() {
        client.buy(new Symbol("AAPL"), Quantity.parse("1"), null).join();
    }

    @Test
    void isLeftForOneThatTheMasterLists() {
        books.workers = List.of(second.entry());

        assertThatThrownBy(this::buy).hasMessageContaining("masterUnavailable");
        await().until(() -> client.server().equals(second.address()));
        buy();

        assertThat(books.orders).hasSize(1);
        assertThat(second.count(Request.ResumeSession.class)).isOne();
        await().untilAsserted(() -> assertThat(moves).singleElement().satisfies(moved -> {
            assertThat(moved.reason()).isEqualTo(first.address() + " has lost the master");
            assertThat(moved.sessionKept()).isTrue();
        }));
    }

    @Test
    void isKeptWhileTheMasterListsItToo() {
        assertThatThrownBy(this::buy).hasMessageContaining("masterUnavailable");
        await().until(() -> master.count(Request.GetWorkers.class) == 2);
        assertThatThrownBy(this::buy).hasMessageContaining("masterUnavailable");

        assertThat(client.server()).isEqualTo(first.address());
        assertThat(master.count(Request.GetWorkers.class))
                .as("the master is not asked each time")
                .isEqualTo(2);
    }

    @Test
    void isKeptWhileTheMasterIsAway() throws IOException {
        master.close();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(this::buy).hasMessageContaining("masterUnavailable");
        }
        first.refused = request -> false;
        buy();

        assertThat(client.server()).isEqualTo(first.address());
        assertThat(moves).isEmpty();
    }
}
