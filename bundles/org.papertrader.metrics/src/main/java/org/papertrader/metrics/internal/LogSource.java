package org.papertrader.metrics.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.log.front.LogRing;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.MetricSource;
import org.papertrader.metrics.api.Sample;
import org.slf4j.event.Level;

/** The log's numbers. Here, because the log is there before all else and imports nothing of the platform. */
@Component(service = MetricSource.class)
public final class LogSource implements MetricSource {
    private final Gate<LogRing> rings = new Gate<>("log");

    @Activate
    public LogSource() {}

    @Reference(
            name = "ring",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindRing(LogRing ring, Map<String, Object> properties) {
        rings.bind(ring, properties);
    }

    void unbindRing(LogRing ring) {
        rings.unbind(ring);
    }

    @Override
    public List<MetricFamily> metrics() {
        Lease<LogRing> lease = rings.tryLease();
        if (lease == null) {
            return of(Map.of(), Map.of(), 0);
        }
        try (lease) {
            LogRing ring = lease.service();
            return of(ring.writtenByLevel(), ring.droppedByLevel(), ring.size());
        }
    }

    private static List<MetricFamily> of(Map<Level, Long> written, Map<Level, Long> dropped, int waiting) {
        return List.of(
                MetricFamily.counter(
                        "papertrader_log_entries_written_total",
                        "Entries of the log that were written.",
                        samples(written)),
                MetricFamily.counter(
                        "papertrader_log_entries_dropped_total",
                        "Entries of the log that were lost because memory for them was full.",
                        samples(dropped)),
                MetricFamily.gauge(
                        "papertrader_log_entries_waiting", "Entries of the log in memory (VAR-3).", waiting));
    }

    private static List<Sample> samples(Map<Level, Long> counts) {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(level -> Sample.of(
                                Map.of("level", level.getKey().name().toLowerCase(Locale.ROOT)), level.getValue()))
                        .toList();
    }
}
