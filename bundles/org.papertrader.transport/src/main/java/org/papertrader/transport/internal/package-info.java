/** The sockets of a program, on Netty. Loop-owned objects say so and check it with {@link LoopOwnership}. */
@NullMarked
package org.papertrader.transport.internal;

import org.jspecify.annotations.NullMarked;
