package org.papertrader.trading.api;

import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.Refusal;

/** The answer to a cancel. */
public sealed interface CancelOutcome {
    /** The order will never fill; its reservation is free again. */
    record Cancelled(OrderId order, Money freeCash, long version) implements CancelOutcome {}

    /** Not cancelled: unknownOrder, orderNotOpen, noSession. */
    record Refused(Refusal refusal) implements CancelOutcome {}
}
