package org.papertrader.metrics.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows numbers of its bundle and tells them when asked; registered as a service. It may come and go: counters begin at
 * zero with it, which Prometheus understands. Of two versions of one bundle only the newer is asked.
 */
@ConsumerType
public interface MetricSource {
    /**
     * The numbers of now. Always the same families, those without samples too; the same labels never twice in one. Called
     * on the thread of whoever looks, several at a time; returns at once: it neither blocks nor calls what may. When it
     * throws, its families are missing that time.
     */
    List<MetricFamily> metrics();
}
