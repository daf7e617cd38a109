/** Bundles, features and repositories that tests make, newer versions of the distribution's own among them. */
@NullMarked
package org.papertrader.itests.bundles;

import org.jspecify.annotations.NullMarked;
