package org.papertrader.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.OrderId;
import org.papertrader.protocol.api.Return;

/** Tells notices that were told before, over another connection. Thread-safe. */
final class News {
    private static final int ORDERS_MAX = 4_096;

    private final Map<OrderId, Boolean> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<OrderId, Boolean> eldest) {
            return size() > ORDERS_MAX;
        }
    };
    private Return.@Nullable Workers workers;

    /** False when it was told before: an order ends once, and the list of workers comes again with each session. */
    synchronized boolean isNew(Return notice) {
        if (notice instanceof Return.OrderFilled filled) {
            return ended.put(filled.traded().orderId(), true) == null;
        } else if (notice instanceof Return.OrderRejected rejected) {
            return ended.put(rejected.traded().orderId(), true) == null;
        } else if (notice instanceof Return.Workers list) {
            boolean fresh = !list.equals(workers);
            workers = list;
            return fresh;
        }
        return true;
    }
}
