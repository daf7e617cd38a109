package org.papertrader.trading.internal;

import java.util.List;
import org.papertrader.model.Order;
import org.papertrader.trading.api.OrderListener.EndedOrder;

/** What the writer tells its engine, on the writer's thread; every method returns at once. */
interface WriterListener {
    /** All that is committed, after loading: accounts, and open orders. */
    void loaded(List<AccountView> views, List<Order> open);

    /** Orders that ended although their commit seemed to fail. */
    void announce(List<EndedOrder> orders);

    /** Another writer took over. */
    void fenced();

    /** The writer's thread ends. */
    void ended();
}
