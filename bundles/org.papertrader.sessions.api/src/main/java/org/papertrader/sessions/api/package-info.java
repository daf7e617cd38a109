/** The contracts of sessions at the master and of connected clients at a worker. */
@Export
@Version("1.0.0")
package org.papertrader.sessions.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
