package org.papertrader.health.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChecksTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration GENEROUS = Duration.ofSeconds(20);

    private volatile Checks.Bundle bundle = Checks.Bundle.RUNNING;
    private final Checks checks = new Checks(number -> bundle, Clock.systemUTC());

    @AfterEach
    void close() {
        checks.close();
    }

    @Test
    void eachIsAskedAndTheWorstCounts() throws Exception {
        checks.bind(saying(Result.Status.OK, "fine"), properties("b", "live"));
        checks.bind(saying(Result.Status.WARN, "so\nso"), properties("a", "ready"));
        Report report = report(ask(GENEROUS, Duration.ZERO));
        assertThat(report.answers()).extracting(Answer::name).containsExactly("a", "b");
        assertThat(report.answers().get(0).message()).isEqualTo("so so");
        assertThat(report.answers().get(0).tags()).isEqualTo(Set.of("ready"));
        assertThat(report.status()).isEqualTo(Result.Status.WARN);
        assertThat(report.isServing()).isTrue();
        checks.bind(saying(Result.Status.CRITICAL, "no"), properties("c", "ready"));
        assertThat(report(ask(GENEROUS, Duration.ZERO)).isServing()).isFalse();
    }

    @Test
    void nothingCheckedIsNotWell() {
        assertThat(report(List.of()).status()).isEqualTo(Result.Status.CRITICAL);
    }

    @Test
    void oneThatHangsIsToldAndDoesNotKeepTheOthers() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        checks.bind(
                () -> {
                    calls.incrementAndGet();
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new Result(Result.Status.OK, "at last");
                },
                properties("slow", "live"));
        checks.bind(saying(Result.Status.OK, "fine"), properties("fast", "live"));
        for (int i = 0; i < 3; i++) {
            List<Answer> answers = ask(TIMEOUT, Duration.ZERO);
            assertThat(answers)
                    .extracting(Answer::status)
                    .containsExactly(Result.Status.OK, Result.Status.HEALTH_CHECK_ERROR);
            assertThat(answers.get(1).message()).contains("has not answered");
        }
        assertThat(calls).as("a hanging check is not asked again").hasValue(1);
        end.countDown();
        await().atMost(GENEROUS).untilAsserted(() -> assertThat(ask(TIMEOUT, Duration.ZERO))
                .extracting(Answer::status)
                .containsOnly(Result.Status.OK));
    }

    @Test
    void oneThatThrowsSaysSo() throws Exception {
        checks.bind(
                () -> {
                    throw new IllegalStateException("on purpose");
                },
                properties("a", "live"));
        Answer answer = ask(GENEROUS, Duration.ZERO).get(0);
        assertThat(answer.status()).isEqualTo(Result.Status.HEALTH_CHECK_ERROR);
        assertThat(answer.message()).contains("on purpose");
    }

    @Test
    void anAnswerServesForAWhile() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        checks.bind(() -> new Result(Result.Status.OK, "call " + calls.incrementAndGet()), properties("a", "live"));
        ask(GENEROUS, GENEROUS);
        assertThat(ask(GENEROUS, GENEROUS).get(0).message()).isEqualTo("call 1");
        assertThat(ask(GENEROUS, Duration.ZERO).get(0).message()).isEqualTo("call 2");
    }

    @Test
    void theNewerOfTwoAnswersAndOneThatLeavesIsKeptForASwap() throws Exception {
        HealthCheck first = saying(Result.Status.OK, "first");
        checks.bind(first, properties("a", "live"));
        ask(GENEROUS, Duration.ZERO);
        checks.unbind(first, properties("a", "live"));
        assertThat(ask(GENEROUS, Duration.ZERO).get(0).message()).isEqualTo("first");
        checks.bind(saying(Result.Status.WARN, "second"), properties("a", "live"));
        assertThat(ask(GENEROUS, GENEROUS).get(0).message()).isEqualTo("second");
    }

    @Test
    void oneWhoseBundleIsStoppedTurnsCriticalAndOneThatIsUninstalledIsForgotten() throws Exception {
        HealthCheck check = saying(Result.Status.OK, "fine");
        checks.bind(check, properties("a", "ready"));
        ask(GENEROUS, Duration.ZERO);
        bundle = Checks.Bundle.STOPPED;
        checks.unbind(check, properties("a", "ready"));
        await().atMost(GENEROUS)
                .untilAsserted(
                        () -> assertThat(ask(GENEROUS, Duration.ZERO).get(0)).satisfies(answer -> {
                            assertThat(answer.status()).isEqualTo(Result.Status.CRITICAL);
                            assertThat(answer.message()).contains("start 7");
                        }));
        bundle = Checks.Bundle.UNINSTALLED;
        assertThat(ask(GENEROUS, Duration.ZERO)).isEmpty();
    }

    private List<Answer> ask(Duration timeout, Duration fresh) throws InterruptedException {
        return checks.ask(any -> true, timeout, fresh);
    }

    private static Report report(List<Answer> answers) {
        return new Report("master", Instant.EPOCH, answers);
    }

    private static HealthCheck saying(Result.Status status, String message) {
        return () -> new Result(status, message);
    }

    private static Map<String, Object> properties(String name, String tag) {
        return Map.of("hc.name", name, "hc.tags", new String[] {tag}, "service.bundleid", 7L);
    }
}
