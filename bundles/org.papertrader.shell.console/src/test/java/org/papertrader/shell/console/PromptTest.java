package org.papertrader.shell.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CARD-9")
class PromptTest {

    @Test
    void aCheckThatHangsIsAskedOnceUntilItAnswers() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        HealthCheck hanging = () -> {
            asked.incrementAndGet();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Result(Result.Status.OK, "late");
        };
        AtomicLong nanos = new AtomicLong();
        Prompt prompt = new Prompt("it", List.of(hanging), nanos::get, 100);
        try (Terminal terminal = new DumbTerminal(InputStream.nullInputStream(), new ByteArrayOutputStream())) {
            for (int i = 0; i < 3; i++) {
                assertThat(prompt.on(terminal)).isEqualTo("it TEMPORARILY_UNAVAILABLE> ");
                nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
            }
            assertThat(asked).hasValue(1);
            never.countDown();
            await().until(() -> prompt.on(terminal).equals("it> "));
        }
    }

    @Test
    void anAnswerDoesForPromptsWithinASecond() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AtomicLong nanos = new AtomicLong();
        HealthCheck check =
                () -> new Result(asked.incrementAndGet() == 1 ? Result.Status.OK : Result.Status.CRITICAL, "counted");
        Prompt prompt = new Prompt("it", List.of(check), nanos::get, 10_000);
        try (Terminal terminal = new DumbTerminal(InputStream.nullInputStream(), new ByteArrayOutputStream())) {
            for (int i = 0; i < 4; i++) {
                assertThat(prompt.on(terminal)).isEqualTo("it> ");
                nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(249));
            }
            assertThat(asked).hasValue(1);
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(4));
            assertThat(prompt.on(terminal)).isEqualTo("it CRITICAL> ");
        }
    }
}
