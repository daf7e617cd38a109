package org.papertrader.shell.console;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** The prompt: which program this is, and the worst that its health checks say. */
public final class Prompt {
    private static final long ANSWER_MAX_MS = 500;
    /** One answer does for prompts that follow one another as fast as somebody types. */
    private static final long ANSWER_AGE_MAX_MS = 1_000;

    private final String role;
    private final Collection<HealthCheck> checks;
    private final LongSupplier nanos;
    private final long answerMaxMs;
    private long askedAt;
    private CompletableFuture<Result.Status> asked = CompletableFuture.completedFuture(Result.Status.OK);

    /** {@code checks} is looked through each time, and may change meanwhile. */
    public Prompt(String role, Collection<HealthCheck> checks) {
        this(role, checks, System::nanoTime, ANSWER_MAX_MS);
    }

    /** {@code nanos} is a clock, {@code answerMaxMs} how long checks are waited for. */
    Prompt(String role, Collection<HealthCheck> checks, LongSupplier nanos, long answerMaxMs) {
        this.role = role;
        this.checks = checks;
        this.nanos = nanos;
        this.answerMaxMs = answerMaxMs;
        this.askedAt = nanos.getAsLong() - TimeUnit.MILLISECONDS.toNanos(ANSWER_AGE_MAX_MS);
    }

    /** In colours, where the terminal has any. */
    String on(Terminal terminal) {
        Result.Status worst = asked().exceptionally(failure -> Result.Status.HEALTH_CHECK_ERROR)
                .completeOnTimeout(Result.Status.TEMPORARILY_UNAVAILABLE, answerMaxMs, TimeUnit.MILLISECONDS)
                .join();
        AttributedStringBuilder text = new AttributedStringBuilder().append(role);
        if (worst != Result.Status.OK) {
            int colour = worst == Result.Status.WARN ? AttributedStyle.YELLOW : AttributedStyle.RED;
            text.append(" ").styled(AttributedStyle.DEFAULT.foreground(colour), worst.toString());
        }
        return text.append("> ").toAnsi(terminal);
    }

    /** Asks once at a time: with checks that hang, each prompt would else leave one more question that is not answered. */
    private synchronized CompletableFuture<Result.Status> asked() {
        long age = TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - askedAt);
        if (asked.isDone() && age >= ANSWER_AGE_MAX_MS) {
            askedAt = nanos.getAsLong();
            asked = Patience.begin(this::worst);
        }
        return asked;
    }

    private Result.Status worst() {
        Result.Status worst = Result.Status.OK;
        for (HealthCheck check : checks) {
            Result.Status status = status(check);
            if (status.compareTo(worst) > 0) {
                worst = status;
            }
        }
        return worst;
    }

    private static Result.Status status(HealthCheck check) {
        try {
            return check.execute().getStatus();
        } catch (RuntimeException e) {
            // A check that fails says so by that.
            return Result.Status.HEALTH_CHECK_ERROR;
        }
    }
}
