/** The contract of a worker's cache of reply payloads. */
@Export
@Version("1.0.0")
package org.papertrader.cache.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
