/**
 * What makes a link safe (PRO-9): OpenPGP keys, the handshake, sealed records. Free of sockets and of OSGi; {@code
 * docs/link.md} describes the bytes. The only package with OpenPGP.
 */
@NullMarked
package org.papertrader.link.internal.secure;

import org.jspecify.annotations.NullMarked;
