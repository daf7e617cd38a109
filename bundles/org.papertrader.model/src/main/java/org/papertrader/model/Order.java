package org.papertrader.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order as its owner sees it.
 *
 * @param id given by the master in order of acceptance
 * @param account whose order it is
 * @param side buy or sell
 * @param symbol the asset
 * @param quantity greater than zero
 * @param clientOrderId the client's own id, or null
 * @param times when it was issued and accepted
 * @param reserved cash held for a buy, zero for a sale and for orders that are no longer open
 * @param status where it is in its life
 * @param reason why it waits, was rejected or cancelled; null for filled orders
 * @param closedAt wall time at which it left OPEN, or null while it is open
 */
public record Order(
        OrderId id,
        AccountId account,
        Side side,
        Symbol symbol,
        Quantity quantity,
        @Nullable ClientOrderId clientOrderId,
        OrderTimes times,
        Money reserved,
        OrderStatus status,
        @Nullable Refusal reason,
        @Nullable Instant closedAt) {}
