package org.papertrader.trading.internal;

import org.papertrader.model.Money;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;

/** Committed units of one asset, not yet valued. */
record HeldUnits(Symbol symbol, Quantity quantity, Quantity reserved, Money costBasis, Money realised) {}
