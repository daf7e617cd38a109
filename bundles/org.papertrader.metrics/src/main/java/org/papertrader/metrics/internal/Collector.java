package org.papertrader.metrics.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.MetricSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks all sources when somebody looks. A source that fails, or says what another said, costs its own numbers only. Any
 * thread.
 */
@Component(service = Collector.class)
public final class Collector {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final int TOLD_MAX = 200;

    private final Gate<MetricSource> sources = new Gate<>("metrics");
    private final LongAdder faults = new LongAdder();
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    @Activate
    public Collector() {}

    @Reference(
            name = "sources",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindSource(MetricSource source, Map<String, Object> properties) {
        sources.bind(source, properties);
    }

    void unbindSource(MetricSource source) {
        sources.unbind(source);
    }

    /** What all sources say, by name; no series twice. Of two versions of a bundle the newer one is asked. */
    List<MetricFamily> collect() {
        Merge merge = new Merge();
        int asked = 0;
        for (Lease<MetricSource> lease : sources.leaseEach()) {
            asked++;
            try (lease) {
                ask(lease.service(), merge);
            }
        }
        merge.add(MetricFamily.gauge("papertrader_metric_sources", "Sources that were asked for this answer.", asked));
        merge.add(MetricFamily.counter(
                "papertrader_metric_faults_total",
                "Times that a source failed or said what must not be.",
                faults.sum()));
        return merge.families();
    }

    private void ask(MetricSource source, Merge merge) {
        String name = source.getClass().getName();
        List<MetricFamily> families = new ArrayList<>();
        try {
            families.addAll(source.metrics());
        } catch (RuntimeException | LinkageError e) {
            // Another bundle's code: its fault must not cost the others' numbers.
            fault(name + " failed", e);
        }
        for (MetricFamily family : families) {
            String clash = merge.add(family);
            if (!clash.isEmpty()) {
                fault(name + ": " + clash, null);
            }
        }
    }

    private void fault(String text, @Nullable Throwable cause) {
        faults.increment();
        if (told.size() < TOLD_MAX && told.add(text)) {
            LOG.warn("metrics: {}", text, cause);
        }
    }
}
