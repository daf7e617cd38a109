package org.papertrader.health.internal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.MetricSource;
import org.papertrader.metrics.api.Sample;

/**
 * What the health checks say, as numbers, so that whoever watches them is told of a disk that fills or a loop that hangs. Checks
 * take their time, which whoever reads numbers has not: each look is answered with what the look before asked for.
 */
@Component(service = MetricSource.class)
public final class HealthMetrics implements MetricSource {
    static final String NAME = "papertrader_health_status";

    private static final int IDLE_THREAD_S = 10;

    private final Answers answers;
    /** One at most; a look while it asks asks for nothing more. */
    private final ThreadPoolExecutor asker = new ThreadPoolExecutor(
            0,
            1,
            IDLE_THREAD_S,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            HealthMetrics::thread,
            new ThreadPoolExecutor.DiscardPolicy());

    private volatile List<Sample> last = List.of();

    /** Asks all checks, which may take as long as the slowest. */
    @FunctionalInterface
    interface Answers {
        List<Answer> all() throws InterruptedException;
    }

    @Activate
    public HealthMetrics(@Reference HealthDesk desk) {
        this(() -> desk.all().answers());
    }

    HealthMetrics(Answers answers) {
        this.answers = answers;
    }

    @Deactivate
    void close() {
        asker.shutdownNow();
    }

    @Override
    public List<MetricFamily> metrics() {
        asker.execute(this::ask);
        return List.of(MetricFamily.gauge(
                NAME, "What a health check said at the look before: 0 ok, 1 a warning, 2 worse.", last));
    }

    private void ask() {
        try {
            last = answers.all().stream()
                    .map(answer -> Sample.of(Map.of("check", answer.name()), number(answer.status())))
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As the exit codes of the command {@code health}. */
    private static int number(Result.Status status) {
        return switch (status) {
            case OK -> 0;
            case WARN -> 1;
            default -> 2;
        };
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "papertrader-health-numbers");
        thread.setDaemon(true);
        return thread;
    }
}
