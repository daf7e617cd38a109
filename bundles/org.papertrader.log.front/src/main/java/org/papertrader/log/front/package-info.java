/** The contract between the ring of log entries and whoever writes them down. */
@Export
@Version("1.1.0")
@NullMarked
package org.papertrader.log.front;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
