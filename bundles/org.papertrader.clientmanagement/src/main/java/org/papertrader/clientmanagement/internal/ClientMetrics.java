package org.papertrader.clientmanagement.internal;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.MetricSource;
import org.papertrader.metrics.api.Sample;

/** The sessions that a worker has in memory. */
@Component(service = MetricSource.class)
public final class ClientMetrics implements MetricSource {
    private final LocalClientSessions sessions;

    @Activate
    public ClientMetrics(@Reference LocalClientSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public List<MetricFamily> metrics() {
        return List.of(MetricFamily.gauge(
                "papertrader_sessions",
                "Sessions in memory.",
                List.of(Sample.of(Map.of("side", "worker"), sessions.sessions()))));
    }
}
