/** The master's market data: retrieval at intervals, market time, current values, history, quotas and sources. */
package org.papertrader.marketdata.internal;
