package org.papertrader.workermanagement.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.MetricSource;
import org.papertrader.metrics.api.Sample;
import org.papertrader.workers.api.WorkerManagement.Census;
import org.papertrader.workers.api.WorkerView;
import org.papertrader.workers.api.WorkerView.Answer;
import org.papertrader.workers.api.WorkerView.Link;

/** How many workers there are and should be (VAR-2), and what each answered last. */
@Component(service = MetricSource.class)
public final class WorkersMetrics implements MetricSource {
    private static final int WORKERS_MAX = 1_000;

    private final WorkerDesk desk;

    @Activate
    public WorkersMetrics(@Reference WorkerDesk desk) {
        this.desk = desk;
    }

    @Override
    public List<MetricFamily> metrics() {
        Census census = desk.isLoaded() ? desk.census() : new Census(0, 0, 0, 0);
        List<MetricFamily> all = new ArrayList<>(List.of(
                MetricFamily.gauge("papertrader_workers_connected", "Workers that serve clients.", census.connected()),
                MetricFamily.gauge(
                        "papertrader_workers_expected", "Workers that there should be (VAR-2).", census.expected()),
                MetricFamily.gauge("papertrader_workers_registered", "Workers that are known.", census.registered()),
                MetricFamily.gauge(
                        "papertrader_workers_clock_wrong",
                        "Workers whose orders are refused because of their clocks.",
                        census.clocksWrong())));
        all.addAll(each(desk.isLoaded() ? desk.list() : List.of()));
        return all;
    }

    private static List<MetricFamily> each(List<WorkerView> workers) {
        List<Sample> up = new ArrayList<>();
        List<Sample> clients = new ArrayList<>();
        List<Sample> roundTrips = new ArrayList<>();
        List<Sample> offsets = new ArrayList<>();
        workers.stream().limit(WORKERS_MAX).forEach(worker -> {
            Map<String, String> labels = Map.of("worker", worker.name());
            up.add(Sample.of(labels, worker.state() == WorkerView.State.CONNECTED ? 1 : 0));
            Link link = worker.link();
            Answer answer = link == null ? null : link.answer();
            if (answer != null) {
                clients.add(Sample.of(labels, answer.status().clients()));
                roundTrips.add(Sample.seconds(labels, answer.roundTrip()));
                offsets.add(Sample.seconds(labels, answer.clockAhead()));
            }
        });
        return List.of(
                MetricFamily.gauge("papertrader_worker_up", "1 for each worker that serves clients, else 0.", up),
                MetricFamily.gauge("papertrader_worker_clients", "Clients of a worker, as it says.", clients),
                MetricFamily.gauge(
                        "papertrader_worker_round_trip_seconds",
                        "Time from a question to a worker to its answer.",
                        roundTrips),
                MetricFamily.gauge(
                        "papertrader_worker_clock_ahead_seconds",
                        "How far the clock of a worker is ahead of the master's.",
                        offsets));
    }
}
