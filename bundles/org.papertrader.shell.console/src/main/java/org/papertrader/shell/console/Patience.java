package org.papertrader.shell.console;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks others without waiting for them for long. Each question has a thread of its own, so that one that hangs keeps no
 * other from being answered; so many may hang, then nobody is asked any more.
 */
public final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final int UNDER_WAY_MAX = 32;
    private static final Semaphore UNDER_WAY = new Semaphore(UNDER_WAY_MAX);

    private Patience() {}

    /** The answer; empty when it is null, comes too late or the question fails. */
    public static <T> Optional<T> ask(Callable<T> question, long millis) {
        try {
            return Optional.ofNullable(begin(question).get(millis, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("no answer for the shell", e);
            return Optional.empty();
        }
    }

    /** Begins to ask. */
    public static <T> CompletableFuture<T> begin(Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (!UNDER_WAY.tryAcquire()) {
            answer.completeExceptionally(new IllegalStateException("too many questions are not answered yet"));
            return answer;
        }
        Thread thread = new Thread(
                () -> {
                    try {
                        answer.complete(question.call());
                    } catch (Exception | LinkageError e) {
                        // Whatever another bundle fails with, it has no answer then.
                        answer.completeExceptionally(e);
                    } finally {
                        UNDER_WAY.release();
                    }
                },
                "papertrader-shell-question");
        thread.setDaemon(true);
        thread.start();
        return answer;
    }
}
