/** Asks the sources of metrics, and writes what they say. */
package org.papertrader.metrics.internal;
