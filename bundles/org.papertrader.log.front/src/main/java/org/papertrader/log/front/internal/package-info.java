@NullMarked
package org.papertrader.log.front.internal;

import org.jspecify.annotations.NullMarked;
