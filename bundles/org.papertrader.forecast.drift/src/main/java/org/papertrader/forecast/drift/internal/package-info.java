/** Predicted values from long-run drift and recent volatility. */
package org.papertrader.forecast.drift.internal;
