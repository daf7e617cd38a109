/** Adds to Apache Felix File Install what it does not do. */
@NullMarked
package org.papertrader.deploy.internal;

import org.jspecify.annotations.NullMarked;
