/** The contracts of sockets: client connections, byte streams of links, listeners. */
@Export
@Version("1.0.0")
package org.papertrader.transport.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
