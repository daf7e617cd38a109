/** What an integrator implements to bring assets and their prices into PaperTrader. */
@Export
@Version("1.0.0")
package org.papertrader.assets.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
