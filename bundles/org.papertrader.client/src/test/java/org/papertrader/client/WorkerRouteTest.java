package org.papertrader.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.WorkerServer;

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
        List<String> hosts = new ArrayList<>();
        assertThatExceptionOfType(ConnectionLostException.class)
                .isThrownBy(() -> route.take(left == null ? null : new ServerAddress(left, 2049), (server, trust) -> {
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
}
