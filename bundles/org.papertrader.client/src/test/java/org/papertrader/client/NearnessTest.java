package org.papertrader.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.WorkerServer;

/** Which worker of a list a client goes to. */
@Tag("MST-22")
@Tag("PRO-10")
class NearnessTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final CountDownLatch never = new CountDownLatch(1);
    private final Queue<String> probed = new ConcurrentLinkedQueue<>();

    @AfterEach
    void end() {
        never.countDown();
    }

    /** Near workers answer at once, far ones never, dead ones refuse. */
    private void reach(WorkerServer server, Duration limit) throws IOException {
        probed.add(server.name());
        if (server.region().equals("far")) {
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        } else if (server.region().equals("dead")) {
            throw new IOException("refused");
        }
    }

    private static WorkerServer worker(String name, String region) {
        return new WorkerServer(UUID.randomUUID(), name, "localhost", 1, region, "");
    }

    private List<String> order(Duration limit, Duration slack, WorkerServer... list) {
        return new Nearness(limit, slack, this::reach)
                .nearestFirst(List.of(list)).stream().map(WorkerServer::name).toList();
    }

    @Test
    void theNearestComesBeforeTheLeastLoaded() {
        assertThat(order(LONG, SHORT, worker("idle", "far"), worker("dead", "dead"), worker("near", "near")))
                .containsExactly("near", "idle", "dead");
    }

    @Test
    void amongThoseThatAreNearAlikeTheLeastLoadedIsFirst() {
        assertThat(order(LONG, LONG, worker("a", "near"), worker("b", "near"), worker("c", "near")))
                .containsExactly("a", "b", "c");
    }

    @Test
    void whenNobodyAnswersTheListIsTakenAsItIsInTime() {
        long begun = System.nanoTime();

        assertThat(order(SHORT, SHORT, worker("a", "far"), worker("b", "far"))).containsExactly("a", "b");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(SHORT, LONG);
    }

    @Test
    void onlyTheLeastLoadedOnesAreMeasured() {
        WorkerServer[] many = IntStream.range(0, 20)
                .mapToObj(i -> worker("w" + i, i < Nearness.MEASURED_MAX ? "dead" : "near"))
                .toArray(WorkerServer[]::new);

        List<String> order = order(LONG, SHORT, many);

        assertThat(probed).hasSize(Nearness.MEASURED_MAX).doesNotContain("w8");
        assertThat(order).startsWith("w8", "w9").endsWith("w7").hasSize(20);
    }

    @Test
    void nothingIsMeasuredWhereThereIsNoChoice() {
        assertThat(order(LONG, LONG, worker("a", "far"))).containsExactly("a");
        assertThat(order(Duration.ZERO, LONG, worker("a", "far"), worker("b", "near")))
                .containsExactly("a", "b");
        assertThat(probed).isEmpty();
    }

    @Test
    void aWorkerThatTakesConnectionsIsNearerThanOneThatDoesNot() throws Exception {
        FakeWorker.Books books = new FakeWorker.Books();
        int gone;
        try (FakeWorker dead = FakeWorker.plain(books)) {
            gone = dead.port();
        }
        try (FakeWorker alive = FakeWorker.plain(books)) {
            WorkerServer first = new WorkerServer(UUID.randomUUID(), "gone", "localhost", gone, "eu", "");
            WorkerServer second = alive.entry();

            assertThat(new Nearness(LONG).nearestFirst(List.of(first, second))).containsExactly(second, first);
            assertThat(alive.asked).isEmpty();
        }
    }
}
