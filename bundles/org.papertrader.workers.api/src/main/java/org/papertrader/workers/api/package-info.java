/** The contract of the register of workers. */
@Export
@Version("1.0.0")
package org.papertrader.workers.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
