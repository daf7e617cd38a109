package org.papertrader.marketdata.internal;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.MetricSource;

/** The numbers of intervals and sources, as {@code interval:show} and {@code assets:sources} show them. */
@Component(service = MetricSource.class)
public final class MarketMetrics implements MetricSource {
    private final MarketEngine engine;

    @Activate
    public MarketMetrics(@Reference MarketDataComponent component) {
        this.engine = component.engine();
    }

    @Override
    public List<MetricFamily> metrics() {
        return engine.metrics();
    }
}
