package org.papertrader.marketdata.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.papertrader.assets.api.Capabilities;
import org.papertrader.metrics.api.Durations;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.Sample;

/** Counts intervals, and puts together what is known of sources. Any thread. */
final class MarketMeter {
    private final Durations intervals = new Durations();
    private final LongAdder failures = new LongAdder();
    private volatile @Nullable Instant last;
    private volatile Duration lastTook = Duration.ZERO;
    private volatile boolean lastFailed;
    private boolean failing;

    /** An interval was run, in this time, be it in vain; on the thread that runs them. */
    void ran(Instant begun, long nanos) {
        last = begun;
        lastTook = Duration.ofNanos(nanos);
        lastFailed = failing;
        failing = false;
        intervals.record(nanos);
    }

    /** The one that runs fails; on the thread that runs them. */
    void failed() {
        failing = true;
        failures.increment();
    }

    /** Whether the one that was run last failed as a whole. */
    boolean hasLastFailed() {
        return lastFailed;
    }

    List<MetricFamily> intervals(Market market, Clock wall) {
        Instant now = wall.instant();
        Instant begun = last;
        return List.of(
                MetricFamily.histogram(
                        "papertrader_interval_duration_seconds",
                        "Time that an update interval's work took: retrieval, storing, settling.",
                        List.of(intervals.sample(Map.of()))),
                MetricFamily.counter(
                        "papertrader_interval_failures_total", "Intervals that failed as a whole.", failures.sum()),
                MetricFamily.gauge(
                        "papertrader_interval_length_seconds",
                        "Configured time from one interval to the next (VAR-4).",
                        List.of(Sample.seconds(Map.of(), market.settings().interval()))),
                MetricFamily.gauge(
                        "papertrader_interval_last_seconds",
                        "When the last interval began, in seconds of the epoch.",
                        begun == null ? List.of() : List.of(Sample.at(Map.of(), begun))),
                MetricFamily.gauge(
                        "papertrader_interval_last_duration_seconds",
                        "Time that the last interval's work took.",
                        begun == null ? List.of() : List.of(Sample.seconds(Map.of(), lastTook))),
                MetricFamily.gauge(
                        "papertrader_interval_until_next_seconds",
                        "Time until the next interval; negative while it is late.",
                        List.of(Sample.seconds(Map.of(), Duration.between(now, market.nextInterval())))),
                MetricFamily.gauge("papertrader_market_open", "1 while the market is open.", market.isOpen() ? 1 : 0));
    }

    static List<MetricFamily> sources(
            List<Capabilities> order, Sources sources, QuotaLedger quotas, CurrentValues values, Clock wall) {
        Instant now = wall.instant();
        List<Sample> answers = new ArrayList<>();
        List<Sample> ages = new ArrayList<>();
        List<Sample> quota = new ArrayList<>();
        List<Sample> paused = new ArrayList<>();
        for (Capabilities source : order) {
            SourceState.Counts counts = sources.state(source.id()).counts();
            Map<String, String> labels = Map.of("source", source.id());
            answers.add(Sample.of(Map.of("source", source.id(), "result", "ok"), counts.answers()));
            counts.failures().forEach((fault, count) -> {
                String result = fault.name().toLowerCase(Locale.ROOT);
                answers.add(Sample.of(Map.of("source", source.id(), "result", result), count));
            });
            ages.add(Sample.seconds(labels, Duration.between(counts.silentSince(), now)));
            quotas.left(source).ifPresent(left -> quota.add(Sample.of(labels, left)));
            paused.add(Sample.of(labels, counts.isPaused() ? 1 : 0));
        }
        return List.of(
                MetricFamily.counter("papertrader_source_answers_total", "Calls of sources, by result.", answers),
                MetricFamily.gauge(
                        "papertrader_source_answer_age_seconds",
                        "Time since a source last answered, or came if it never has.",
                        ages),
                MetricFamily.gauge(
                        "papertrader_source_quota_left",
                        "Calls that are left of the tightest quota of a source that has one.",
                        quota),
                MetricFamily.gauge(
                        "papertrader_source_paused", "1 while a source is left alone after failures.", paused),
                MetricFamily.gauge("papertrader_sources", "Sources that are there.", order.size()),
                MetricFamily.gauge(
                        "papertrader_values",
                        "Assets with a current value.",
                        values.symbols().size()));
    }
}
