/**
 * The lease gate: how code calls a service whose provider may be swapped while it runs (CARD-4, CARD-6). A
 * {@link org.papertrader.gate.Gate} hands out short leases and drains them before a provider leaves; an
 * {@link org.papertrader.gate.Edge} parks requests that find no provider, for a bounded time and in a bounded number.
 */
@Export
@Version("1.1.0")
package org.papertrader.gate;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
