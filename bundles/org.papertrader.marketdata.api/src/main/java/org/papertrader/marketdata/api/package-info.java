/** The contract of market data: values, history, market time and update intervals. */
@Export
@Version("1.0.0")
package org.papertrader.marketdata.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
