/**
 * Both ends of the link between worker and master. {@code docs/link.md} describes its records. What belongs to a link's
 * event loop says so.
 */
@NullMarked
package org.papertrader.link.internal;

import org.jspecify.annotations.NullMarked;
