/** Asks all health checks of a program, and tells what they say. */
@NullMarked
package org.papertrader.health.internal;

import org.jspecify.annotations.NullMarked;
