package org.papertrader.transport.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.MetricSource;
import org.papertrader.metrics.api.PoolMetrics;
import org.papertrader.metrics.api.Sample;

/** What ports counted, as {@code transport:list} shows it. */
@Component(service = MetricSource.class)
public final class TransportMetrics implements MetricSource {
    private final OpenPorts ports;
    private final EventLoops loops;

    @Activate
    public TransportMetrics(@Reference OpenPorts ports, @Reference EventLoops loops) {
        this.ports = ports;
        this.loops = loops;
    }

    @Override
    public List<MetricFamily> metrics() {
        List<MetricFamily> all = new ArrayList<>(connections());
        all.addAll(counters());
        all.add(MetricFamily.counter(
                "papertrader_tls_handshakes_total",
                "TLS handshakes that ended, by result.",
                samples(each -> List.of(
                        Sample.of(
                                Map.of("side", each.side(), "result", "ok"),
                                each.port().counters.handshakes.sum()),
                        Sample.of(
                                Map.of("side", each.side(), "result", "failed"),
                                each.port().counters.handshakesFailed.sum())))));
        all.add(MetricFamily.gauge(
                "papertrader_certificate_expiry_seconds",
                "When the certificate of a port ends, in seconds of the epoch.",
                samples(TransportMetrics::expiry)));
        all.addAll(PoolMetrics.of(Map.of("transport-tls", loops.pool())));
        return all;
    }

    private List<MetricFamily> connections() {
        return List.of(
                MetricFamily.gauge("papertrader_connections", "Connections of clients.", sides(each -> each.port()
                        .connections())),
                MetricFamily.gauge(
                        "papertrader_connections_max",
                        "Most connections of clients that a port takes.",
                        sides(each -> each.port().limits().connectionsMax())),
                MetricFamily.gauge(
                        "papertrader_connections_arriving",
                        "Connections that have not said what they are, or shake hands.",
                        sides(each -> each.port().arriving())),
                MetricFamily.gauge(
                        "papertrader_port_links", "Links of workers at a port.", sides(ClientListener::links)));
    }

    private List<MetricFamily> counters() {
        return List.of(
                counter("papertrader_connections_opened_total", "Connections that were let in.", c -> c.opened.sum()),
                counter("papertrader_connections_refused_total", "Connections not let in.", c -> c.refused.sum()),
                counter(
                        "papertrader_connection_timeouts_total",
                        "Connections that ended for silence.",
                        c -> c.timeouts.sum()),
                counter("papertrader_frames_total", "Frames that came from clients.", c -> c.requests.sum()),
                counter("papertrader_frames_busy_total", "Frames that were answered busy.", c -> c.busy.sum()),
                counter(
                        "papertrader_frames_malformed_total",
                        "Connections that were closed for what they sent.",
                        c -> c.malformed.sum()),
                counter(
                        "papertrader_notices_dropped_total",
                        "Notices to clients that read too slowly.",
                        c -> c.noticesDropped.sum()));
    }

    private MetricFamily counter(String name, String help, ToLongFunction<Counters> value) {
        return MetricFamily.counter(name, help, sides(each -> value.applyAsLong(each.port().counters)));
    }

    private List<Sample> sides(ToLongFunction<ClientListener> value) {
        return samples(each -> List.of(Sample.of(Map.of("side", each.side()), value.applyAsLong(each))));
    }

    private List<Sample> samples(Function<ClientListener, List<Sample>> of) {
        return ports.all().stream().flatMap(each -> of.apply(each).stream()).toList();
    }

    private static List<Sample> expiry(ClientListener listener) {
        Credential credential = listener.credential();
        return credential == null
                ? List.of()
                : List.of(Sample.at(Map.of("side", listener.side()), credential.validUntil()));
    }
}
