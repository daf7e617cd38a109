package org.papertrader.link.internal;

import java.util.List;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.shell.text.Facts;

/** What an end of links tells the shell, and whoever collects metrics. */
public interface LinkReport {
    /** A row for each link that it has, or one that says that there is none. */
    List<Facts> links();

    /** The same and more in numbers. */
    List<MetricFamily> metrics();
}
