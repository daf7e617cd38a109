/** Recorded bars, embedded or from CSV files, played against the market clock. */
package org.papertrader.assets.replay.internal;
