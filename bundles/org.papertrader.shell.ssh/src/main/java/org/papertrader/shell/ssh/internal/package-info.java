/** The Felix shell over SSH. */
@NullMarked
package org.papertrader.shell.ssh.internal;

import org.jspecify.annotations.NullMarked;
