package org.papertrader.shell.ssh.internal;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;

/** The prompt: which program this is, and the worst that its health checks say. */
final class Prompt implements Supplier<String> {
    private static final long ANSWER_MAX_MS = 500;

    private final String role;
    private final Collection<HealthCheck> checks;

    /** {@code checks} is looked through each time, and may change meanwhile. */
    Prompt(String role, Collection<HealthCheck> checks) {
        this.role = role;
        this.checks = checks;
    }

    @Override
    public String get() {
        Result.Status worst = CompletableFuture.supplyAsync(this::worst, Prompt::onThreadOfItsOwn)
                .completeOnTimeout(Result.Status.TEMPORARILY_UNAVAILABLE, ANSWER_MAX_MS, TimeUnit.MILLISECONDS)
                .join();
        return role + (worst == Result.Status.OK ? "" : " " + worst) + "> ";
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

    /** One that hangs must not keep others from being asked. */
    private static void onThreadOfItsOwn(Runnable question) {
        Thread thread = new Thread(question, "papertrader-ssh-health");
        thread.setDaemon(true);
        thread.start();
    }
}
