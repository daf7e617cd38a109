/** The SLF4J provider; exported only for the fragment of {@code slf4j.api} that names it. */
@Export
@Version("1.0.0")
@NullMarked
package org.papertrader.log.front.provider;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
