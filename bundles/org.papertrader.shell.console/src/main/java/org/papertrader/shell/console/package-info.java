/**
 * What every shell of this program does alike, whichever way its terminal came: the manuals of commands, completion from
 * them, the prompt, confirmation, exit codes. Copied into the bundles that use it.
 */
@NullMarked
package org.papertrader.shell.console;

import org.jspecify.annotations.NullMarked;
