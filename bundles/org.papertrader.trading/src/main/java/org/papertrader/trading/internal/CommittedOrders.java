package org.papertrader.trading.internal;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.AccountId;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;

/**
 * The open orders of each account, as they are committed and on disk. The storage has no way to them by account: an
 * index that every new order changes costs it more than all the rest. Changed by one thread at a time, read by any.
 */
final class CommittedOrders {
    /** By number, the newest first. */
    private volatile Map<AccountId, NavigableMap<OrderId, Order>> accounts = new ConcurrentHashMap<>();

    /**
     * How many are open.
     *
     * @param oldest when the oldest was accepted, null without one
     */
    record Queue(long size, @Nullable Instant oldest) {}

    /** All accounts together; goes through all of them. */
    Queue queue() {
        long size = 0;
        Instant oldest = null;
        for (NavigableMap<OrderId, Order> orders : accounts.values()) {
            Map.Entry<OrderId, Order> last = orders.lastEntry();
            size += orders.size();
            if (last != null) {
                Instant accepted = last.getValue().times().accepted();
                oldest = oldest == null || accepted.isBefore(oldest) ? accepted : oldest;
            }
        }
        return new Queue(size, oldest);
    }

    /** The newest open orders of the account below this number, newest first. */
    List<Order> open(AccountId account, @Nullable OrderId before, int limit) {
        NavigableMap<OrderId, Order> orders = accounts.get(account);
        if (orders == null) {
            return List.of();
        }
        Collection<Order> older =
                before == null ? orders.values() : orders.tailMap(before, false).values();
        return older.stream().limit(limit).toList();
    }

    /** Takes over what was committed. */
    void update(Batch batch) {
        Map<AccountId, NavigableMap<OrderId, Order>> current = accounts;
        batch.newOrders.forEach(row -> put(current, row.order()));
        batch.waiting.forEach(order -> put(current, order));
        batch.ended.forEach(
                ended -> remove(current, ended.account(), ended.transaction().order()));
    }

    void replace(Collection<Order> all) {
        Map<AccountId, NavigableMap<OrderId, Order>> fresh = new ConcurrentHashMap<>();
        all.forEach(order -> put(fresh, order));
        accounts = fresh;
    }

    private static void put(Map<AccountId, NavigableMap<OrderId, Order>> accounts, Order order) {
        accounts.computeIfAbsent(
                        order.account(), account -> new ConcurrentSkipListMap<>(Comparator.<OrderId>reverseOrder()))
                .put(order.id(), order);
    }

    private static void remove(
            Map<AccountId, NavigableMap<OrderId, Order>> accounts, AccountId account, @Nullable OrderId order) {
        NavigableMap<OrderId, Order> orders = accounts.get(account);
        if (orders != null && order != null) {
            orders.remove(order);
            if (orders.isEmpty()) {
                accounts.remove(account);
            }
        }
    }
}
