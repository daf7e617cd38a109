/** Writes the log: drains the ring of {@code org.papertrader.log.front} to files. */
@NullMarked
package org.papertrader.log.internal;

import org.jspecify.annotations.NullMarked;
