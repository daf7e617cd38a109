package org.papertrader.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.api.Request;

/** In which order workers are tried. */
@Tag("MST-22")
class WorkerRouteTest {
    private static final int MOVES = 200;

    private final WorkerRoute route = new WorkerRoute(
            WorkerSource.workers(List.of(worker("a", "eu"), worker("b", "eu"), worker("c", "eu"), worker("d", "us"))),
            ClientOptions.defaults().withTrust(ServerTrust.plaintext()).withMeasuring(Duration.ZERO));

    private static WorkerServer worker(String host, String region) {
        return new WorkerServer(UUID.randomUUID(), host, host, 2049, region, "");
    }

    private String tried(@Nullable String left) {
        return tried(route, left, false);
    }

    private static String tried(WorkerRoute route, @Nullable String left, boolean again) {
        List<String> hosts = new ArrayList<>();
        assertThatExceptionOfType(ConnectionLostException.class)
                .isThrownBy(() ->
                        route.take(left == null ? null : new ServerAddress(left, 2049), again, (server, trust) -> {
                            hosts.add(server.host());
                            throw new ConnectionLostException("away", null);
                        }));
        return String.join("", hosts);
    }

    @Test
    void aNewcomerTakesTheFirstOfTheList() {
        assertThat(tried(null)).isEqualTo("abcd");
    }

    @Test
    void whoMustMoveAreSpreadOverTheirRegionBeforeTheyGoToAnother() {
        assertThat(Stream.generate(() -> tried("a")).limit(MOVES).distinct()).containsExactlyInAnyOrder("bcda", "cbda");
    }

    @Test
    void theMasterIsAskedOnceAllWorkersWereTriedInVainASecondTime() throws IOException {
        FakeWorker.Books books = new FakeWorker.Books();
        try (FakeWorker master = FakeWorker.plain(books)) {
            books.workers = List.of(worker("c", "eu"));
            WorkerRoute roaming = new WorkerRoute(
                    WorkerSource.master("localhost", master.port()),
                    ClientOptions.defaults().withTrust(ServerTrust.plaintext()).withMeasuring(Duration.ZERO));
            roaming.told(List.of(worker("a", "eu"), worker("b", "eu")));
            assertThat(tried(roaming, "a", false)).isEqualTo("ba");
            assertThat(master.count(Request.GetWorkers.class)).isZero();
            assertThat(tried(roaming, "a", true)).isEqualTo("bac");
            assertThat(master.count(Request.GetWorkers.class)).isOne();
        }
    }
}
