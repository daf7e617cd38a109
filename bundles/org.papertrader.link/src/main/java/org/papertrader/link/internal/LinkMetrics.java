package org.papertrader.link.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.MetricSource;

/** The numbers of the ends of links in this process. */
@Component(service = MetricSource.class)
public final class LinkMetrics implements MetricSource {
    private final List<LinkReport> reports = new CopyOnWriteArrayList<>();

    @Activate
    public LinkMetrics() {}

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindReport(LinkReport report) {
        reports.add(report);
    }

    void unbindReport(LinkReport report) {
        reports.remove(report);
    }

    @Override
    public List<MetricFamily> metrics() {
        return reports.stream().flatMap(report -> report.metrics().stream()).toList();
    }
}
