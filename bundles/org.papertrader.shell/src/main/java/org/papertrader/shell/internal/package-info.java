/** Commands about the whole program, and the console of the local shell. */
@NullMarked
package org.papertrader.shell.internal;

import org.jspecify.annotations.NullMarked;
