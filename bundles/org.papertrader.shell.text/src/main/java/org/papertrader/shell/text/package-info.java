/** How shell commands print tables, sheets and JSON, and refuse; copied into the bundles that have commands. */
package org.papertrader.shell.text;
