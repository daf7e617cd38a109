package org.papertrader.trading.api;

import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.Refusal;

/** The answer to an order (PRO-16). */
public sealed interface OrderOutcome {
    /**
     * Approved, reserved and durably queued.
     *
     * @param order its number
     * @param reserved cash reserved for it, zero for a sale
     * @param freeCash cash that is free after it
     * @param version the account's version after it
     */
    record Accepted(OrderId order, Money reserved, Money freeCash, long version) implements OrderOutcome {}

    /** Not accepted; nothing was changed. */
    record Refused(Refusal refusal) implements OrderOutcome {}
}
