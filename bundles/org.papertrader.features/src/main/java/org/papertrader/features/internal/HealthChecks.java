package org.papertrader.features.internal;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Asks all health checks that there are; none while their contract is not installed. */
final class HealthChecks {
    private static final String TYPE = "org.apache.felix.hc.api.HealthCheck";
    private static final long ANSWER_MAX_MS = 5_000;

    /** Who waits looks more often than all checks are worth asking. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final BundleContext context;
    private Map<String, String> known = Map.of();
    private long askedNanos;

    HealthChecks(BundleContext context) {
        this.context = context;
    }

    /** As {@link #redNow()}, or as it answered a moment ago. */
    Map<String, String> red() throws InterruptedException {
        if (askedNanos == 0 || System.nanoTime() - askedNanos > FRESH_NANOS) {
            known = redNow();
            askedNanos = System.nanoTime();
        }
        return known;
    }

    /** Checks that are red, by name, with what they say. One that only warns is not. */
    Map<String, String> redNow() throws InterruptedException {
        Map<String, String> red = new TreeMap<>();
        try {
            ServiceReference<?>[] checks = context.getAllServiceReferences(TYPE, null);
            for (ServiceReference<?> check : checks == null ? new ServiceReference<?>[0] : checks) {
                String text = ask(check);
                if (!text.isEmpty()) {
                    red.put(Objects.toString(check.getProperty("hc.name"), check.toString()), text);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        return red;
    }

    private String ask(ServiceReference<?> check) throws InterruptedException {
        try {
            return CompletableFuture.supplyAsync(() -> answer(check), HealthChecks::onThreadOfItsOwn)
                    .get(ANSWER_MAX_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return "fails with " + e.getCause();
        } catch (TimeoutException e) {
            return "does not answer";
        }
    }

    /** One that hangs must not keep the others from being asked. */
    private static void onThreadOfItsOwn(Runnable question) {
        Thread thread = new Thread(question, "papertrader-features-health");
        thread.setDaemon(true);
        thread.start();
    }

    private String answer(ServiceReference<?> reference) {
        Object check = context.getService(reference);
        try {
            return check == null ? "" : Checks.answer(check);
        } finally {
            context.ungetService(reference);
        }
    }

    /** Apart, so that its types are looked for only once they are there. */
    private static final class Checks {
        static String answer(Object check) {
            Result result = ((HealthCheck) check).execute();
            return switch (result.getStatus()) {
                case OK, WARN -> "";
                default -> result.getStatus() + ": " + text(result);
            };
        }

        private static String text(Result result) {
            StringBuilder text = new StringBuilder();
            result.forEach(entry -> text.append(text.isEmpty() ? "" : "; ").append(entry.getMessage()));
            return text.toString().replaceAll("\\s+", " ");
        }
    }
}
