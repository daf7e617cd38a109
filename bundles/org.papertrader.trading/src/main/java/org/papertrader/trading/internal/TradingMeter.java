package org.papertrader.trading.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.papertrader.metrics.api.Durations;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.Sample;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.ReasonCode;
import org.papertrader.trading.api.OrderListener.EndedOrder;
import org.papertrader.trading.api.OrderOutcome;

/** Counts what became of orders and what commits cost, once it is on disk. Any thread. */
final class TradingMeter {
    private final Durations commits = new Durations();
    private final Durations syncs = new Durations();
    private final LongAdder failures = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final Map<ReasonCode, LongAdder> refused = new ConcurrentHashMap<>();
    private final Map<OrderStatus, LongAdder> ended = new ConcurrentHashMap<>();

    /** A batch was committed, in this time. */
    void committed(long nanos) {
        commits.record(nanos);
    }

    /** Commits were forced to disk. */
    void synced(long nanos) {
        syncs.record(nanos);
    }

    /** A group of batches could not be stored, or nobody knows. */
    void failed() {
        failures.increment();
    }

    /** The batch is on disk. */
    void durable(Batch batch) {
        accepted.add(batch.newOrders.size());
        rows.add(batch.newOrders.size() + batch.waiting.size() + batch.ended.size());
        for (Answer<?> answer : batch.answers) {
            if (answer.value() instanceof OrderOutcome.Refused no) {
                count(refused, no.refusal().code());
            }
        }
        ended(batch.ended);
    }

    /** Orders ended. */
    void ended(List<EndedOrder> orders) {
        for (EndedOrder order : orders) {
            if (order.transaction().order() != null) {
                count(ended, order.transaction().outcome());
            }
        }
    }

    private static <K> void count(Map<K, LongAdder> counts, K key) {
        counts.computeIfAbsent(key, first -> new LongAdder()).increment();
    }

    List<MetricFamily> metrics() {
        return List.of(
                MetricFamily.counter("papertrader_orders_accepted_total", "Orders that were accepted.", accepted.sum()),
                MetricFamily.counter(
                        "papertrader_orders_refused_total", "Orders that were not accepted, by reason.", refused()),
                MetricFamily.counter("papertrader_orders_ended_total", "Orders that ended, by outcome.", ended()),
                MetricFamily.histogram(
                        "papertrader_commit_duration_seconds",
                        "Time to commit a batch of orders, without forcing it to disk.",
                        List.of(commits.sample(Map.of()))),
                MetricFamily.histogram(
                        "papertrader_commit_sync_duration_seconds",
                        "Time to force commits to disk.",
                        List.of(syncs.sample(Map.of()))),
                MetricFamily.counter(
                        "papertrader_commit_orders_total",
                        "Orders in committed batches, new, waiting and ended ones.",
                        rows.sum()),
                MetricFamily.counter(
                        "papertrader_commit_failures_total",
                        "Times that the storage failed, so that all was loaded again.",
                        failures.sum()));
    }

    private List<Sample> refused() {
        List<Sample> samples = new ArrayList<>();
        refused.forEach((code, count) -> samples.add(Sample.of(Map.of("reason", code.code()), count.sum())));
        return samples;
    }

    private List<Sample> ended() {
        List<Sample> samples = new ArrayList<>();
        for (OrderStatus status : OrderStatus.values()) {
            if (status != OrderStatus.OPEN) {
                String outcome = status.name().toLowerCase(Locale.ROOT);
                LongAdder count = ended.get(status);
                samples.add(Sample.of(Map.of("outcome", outcome), count == null ? 0 : count.sum()));
            }
        }
        return samples;
    }
}
