package org.papertrader.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CARD-4")
@Tag("CARD-6")
class GateTest {
    interface Greeter {
        String greet();
    }

    private final Gate<Greeter> gate = new Gate<>("greeter");
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void withoutProviderItFailsAtOnce() {
        assertThat(gate.tryLease()).isNull();
        assertThatThrownBy(() -> gate.call(Greeter::greet)).isInstanceOf(UnavailableException.class);
        assertThat(gate.callAsync(g -> CompletableFuture.completedFuture(g.greet())))
                .isCompletedExceptionally();
    }

    @Test
    void prefersTheHigherRanking() {
        gate.bind(() -> "low", Map.of("service.ranking", 1, "service.id", 1L));
        gate.bind(() -> "high", Map.of("service.ranking", 2, "service.id", 2L));
        assertThat(gate.call(Greeter::greet)).isEqualTo("high");
    }

    @Test
    void prefersTheOlderServiceAtEqualRankingAndVersion() {
        gate.bind(() -> "first", Map.of("service.id", 1L));
        gate.bind(() -> "second", Map.of("service.id", 2L));
        assertThat(gate.call(Greeter::greet)).isEqualTo("first");
    }

    @Test
    void unbindWaitsForOpenLeases() {
        Greeter greeter = () -> "hello";
        gate.bind(greeter, Map.of());
        Lease<Greeter> lease = gate.tryLease();
        CompletableFuture<Boolean> gone = CompletableFuture.supplyAsync(() -> gate.unbind(greeter), timer);
        await().until(() -> gate.tryLease() == null);
        assertThat(gone).isNotDone();
        lease.close();
        assertThat(gone.orTimeout(2, java.util.concurrent.TimeUnit.SECONDS).join())
                .isTrue();
    }

    @Test
    void anAsynchronousCallHoldsItsLeaseUntilItCompletes() {
        Greeter greeter = () -> "hello";
        gate.bind(greeter, Map.of());
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<String> result = gate.callAsync(g -> answer).toCompletableFuture();
        CompletableFuture<Boolean> gone = CompletableFuture.supplyAsync(() -> gate.unbind(greeter), timer);
        await().until(() -> !gate.isServed());
        assertThat(gone).isNotDone();
        answer.complete("done");
        assertThat(result.join()).isEqualTo("done");
        assertThat(gone.join()).isTrue();
    }

    @Test
    void aProviderThatThrowsLosesNoLease() {
        Greeter greeter = () -> {
            throw new IllegalStateException("broken");
        };
        gate.bind(greeter, Map.of());
        assertThat(gate.callAsync(g -> CompletableFuture.completedFuture(g.greet())))
                .isCompletedExceptionally();
        assertThat(gate.unbind(greeter)).isTrue();
    }

    @Test
    void theEdgeWaitsForAProvider() {
        Edge edge = new Edge(10, Duration.ofSeconds(5), timer);
        CompletableFuture<String> result = edge.call(gate, true, g -> CompletableFuture.completedFuture(g.greet()))
                .toCompletableFuture();
        assertThat(result).isNotDone();
        assertThat(edge.parked()).isEqualTo(1);
        gate.bind(() -> "late", Map.of());
        assertThat(result.join()).isEqualTo("late");
        assertThat(edge.parked()).isZero();
    }

    @Test
    void theEdgeGivesUpAtItsDeadline() {
        Edge edge = new Edge(10, Duration.ofMillis(50), timer);
        CompletableFuture<String> result = edge.call(gate, true, g -> CompletableFuture.completedFuture(g.greet()))
                .toCompletableFuture();
        assertThatThrownBy(result::join).hasCauseInstanceOf(UnavailableException.class);
        assertThat(edge.parked()).isZero();
    }

    @Test
    void withoutATimerNothingWaits() {
        Edge edge = new Edge(10, Duration.ofSeconds(30), timer);
        timer.shutdown();
        CompletableFuture<String> result = edge.call(gate, true, g -> CompletableFuture.completedFuture(g.greet()))
                .toCompletableFuture();
        assertThatThrownBy(result::join).hasCauseInstanceOf(UnavailableException.class);
        assertThat(edge.parked()).isZero();
    }

    @Test
    void theEdgeIsBounded() {
        Edge edge = new Edge(1, Duration.ofSeconds(30), timer);
        edge.call(gate, true, g -> CompletableFuture.completedFuture(g.greet()));
        assertThatThrownBy(() -> edge.call(gate, true, g -> CompletableFuture.completedFuture(g.greet()))
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(BusyException.class);
    }

    @Test
    void theEdgeRepeatsOnlyWhatMayBeRepeatedOnceAProviderWasReached() {
        Edge edge = new Edge(10, Duration.ofSeconds(5), timer);
        AtomicLong calls = new AtomicLong();
        gate.bind(
                () -> {
                    if (calls.incrementAndGet() < 3) {
                        throw new UnavailableException("inner");
                    }
                    return "third";
                },
                Map.of());
        assertThatThrownBy(() -> edge.call(gate, false, g -> CompletableFuture.completedFuture(g.greet()))
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(UnavailableException.class);
        assertThat(calls).hasValue(1);
        assertThat(edge.call(gate, true, g -> CompletableFuture.completedFuture(g.greet()))
                        .toCompletableFuture()
                        .join())
                .isEqualTo("third");
    }

    @Test
    void noCallMeetsADeactivatedProviderWhileProvidersAreSwapped() throws Exception {
        record Provider(AtomicBoolean active) implements Greeter {
            @Override
            public String greet() {
                if (!active.get()) {
                    throw new IllegalStateException("called after deactivation");
                }
                return "ok";
            }
        }
        Edge edge = new Edge(100, Duration.ofSeconds(10), timer);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong calls = new AtomicLong();
        CompletableFuture<?>[] callers = new CompletableFuture<?>[2];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = CompletableFuture.runAsync(
                    () -> {
                        while (!stop.get()) {
                            String answer = edge.call(gate, true, g -> CompletableFuture.completedFuture(g.greet()))
                                    .toCompletableFuture()
                                    .join();
                            assertThat(answer).isEqualTo("ok");
                            calls.incrementAndGet();
                        }
                    },
                    task -> new Thread(task).start());
        }
        Provider current = new Provider(new AtomicBoolean(true));
        gate.bind(current, Map.of());
        for (int swap = 0; swap < 200; swap++) {
            Provider next = new Provider(new AtomicBoolean(true));
            if (swap % 2 == 0) {
                gate.bind(next, Map.of());
            }
            assertThat(gate.unbind(current)).isTrue();
            current.active().set(false);
            if (swap % 2 != 0) {
                gate.bind(next, Map.of());
            }
            current = next;
        }
        stop.set(true);
        CompletableFuture.allOf(callers).get(10, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(calls.get()).isPositive();
    }
}
