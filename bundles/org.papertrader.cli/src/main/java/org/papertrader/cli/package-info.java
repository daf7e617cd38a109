/** Command-line client and demo. */
package org.papertrader.cli;
