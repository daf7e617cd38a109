/** The contract of orders, portfolios and transaction history. */
@Export
@Version("1.0.0")
package org.papertrader.trading.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
