/**
 * Immutable values that every part of PaperTrader speaks of: symbols, exact decimals, bars, orders, portfolios,
 * accounts, sessions and workers. Nothing here knows of storage, wire or framework.
 */
@Export
@Version("1.1.0")
package org.papertrader.model;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
