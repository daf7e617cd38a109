/** The contracts of what the master stores: accounts, sessions, workers, market data and the ledger. No SQL. */
@Export
@Version("2.0.0")
package org.papertrader.storage.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
