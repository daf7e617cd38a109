/** The contract of the connection between worker and master. */
@Export
@Version("1.0.0")
package org.papertrader.link.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
