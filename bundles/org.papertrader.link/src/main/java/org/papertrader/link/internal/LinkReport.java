package org.papertrader.link.internal;

import java.util.List;
import org.papertrader.metrics.api.MetricFamily;

/** Something that the shell can show, and whoever collects metrics. */
public interface LinkReport {
    /** Lines for people. */
    String status();

    /** The same and more in numbers. */
    List<MetricFamily> metrics();
}
