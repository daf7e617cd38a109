/**
 * The contract of metrics: whoever has numbers to show registers a {@link org.papertrader.metrics.api.MetricSource},
 * which is asked when somebody looks. Numbers are integers and decimals, never floating point. {@link
 * org.papertrader.metrics.api.RequestMeter} and {@link org.papertrader.metrics.api.Durations} count on hot paths without
 * lock and allocation.
 */
@Export
@Version("1.0.0")
package org.papertrader.metrics.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
