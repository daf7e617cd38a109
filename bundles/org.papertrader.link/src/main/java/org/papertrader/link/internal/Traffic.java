package org.papertrader.link.internal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.papertrader.metrics.api.Durations;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.Sample;

/** What went over all links of one end since it was configured. Any thread. */
final class Traffic {
    final LongAdder bytesSent = new LongAdder();
    final LongAdder bytesReceived = new LongAdder();
    final LongAdder recordsReceived = new LongAdder();
    final LongAdder came = new LongAdder();
    final LongAdder went = new LongAdder();
    /** From a request to its reply; of a worker. */
    final Durations requests = new Durations();

    /**
     * As metrics.
     *
     * @param up links that stand
     * @param waiting bytes that wait to be sent
     * @param inFlight requests under way
     */
    List<MetricFamily> metrics(String side, int up, long waiting, long inFlight) {
        Map<String, String> labels = Map.of("side", side);
        return List.of(
                MetricFamily.gauge("papertrader_links", "Links that stand.", List.of(Sample.of(labels, up))),
                MetricFamily.gauge(
                        "papertrader_link_requests_in_flight",
                        "Requests over links that wait for their answer.",
                        List.of(Sample.of(labels, inFlight))),
                MetricFamily.gauge(
                        "papertrader_link_waiting_bytes",
                        "Bytes that wait to be sent over links.",
                        List.of(Sample.of(labels, waiting))),
                MetricFamily.counter(
                        "papertrader_link_ups_total",
                        "Times that a link came to stand; all but the first are reconnections.",
                        List.of(Sample.of(labels, came.sum()))),
                MetricFamily.counter(
                        "papertrader_link_losses_total",
                        "Times that a link that stood was lost.",
                        List.of(Sample.of(labels, went.sum()))),
                MetricFamily.counter(
                        "papertrader_link_sent_bytes_total",
                        "Bytes of records sent, before they are sealed.",
                        List.of(Sample.of(labels, bytesSent.sum()))),
                MetricFamily.counter(
                        "papertrader_link_received_bytes_total",
                        "Bytes of records received, after they are opened.",
                        List.of(Sample.of(labels, bytesReceived.sum()))),
                MetricFamily.counter(
                        "papertrader_link_received_records_total",
                        "Records received.",
                        List.of(Sample.of(labels, recordsReceived.sum()))),
                MetricFamily.histogram(
                        "papertrader_link_request_duration_seconds",
                        "Time from a request over the link to its reply, at the worker.",
                        requests.count() == 0 ? List.of() : List.of(requests.sample(labels))));
    }
}
