/** The command {@code init} of the programs: sets up one side's key and configuration. Plain Java, without framework. */
@NullMarked
package org.papertrader.link.internal.init;

import org.jspecify.annotations.NullMarked;
