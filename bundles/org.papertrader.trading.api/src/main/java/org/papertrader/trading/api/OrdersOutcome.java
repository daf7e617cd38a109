package org.papertrader.trading.api;

import java.util.List;
import org.papertrader.model.Order;
import org.papertrader.model.Refusal;

/** The answer to a query of own orders. */
public sealed interface OrdersOutcome {
    /**
     * Orders, newest first.
     *
     * @param more true when there are older ones
     */
    record Page(List<Order> orders, boolean more) implements OrdersOutcome {
        /** Most orders of one page. */
        public static final int ROWS_MAX = 1_000;

        public Page {
            orders = List.copyOf(orders);
        }
    }

    /** noSession. */
    record Refused(Refusal refusal) implements OrdersOutcome {}
}
