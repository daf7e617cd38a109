/**
 * Java client library of PaperTrader: {@link org.papertrader.client.TraderClient} for asynchronous use,
 * {@link org.papertrader.client.BlockingTraderClient} for the rest.
 */
@Export
@Version("1.0.0")
package org.papertrader.client;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
