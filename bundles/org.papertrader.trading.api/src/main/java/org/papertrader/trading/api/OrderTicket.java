package org.papertrader.trading.api;

import org.jspecify.annotations.Nullable;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Quantity;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;

/**
 * What an order asks for.
 *
 * @param quantity greater than zero
 * @param clientOrderId the client's own id; the same id gets the same answer. Null: worker and sequence serve instead
 */
public record OrderTicket(
        Side side,
        Symbol symbol,
        Quantity quantity,
        @Nullable ClientOrderId clientOrderId) {}
