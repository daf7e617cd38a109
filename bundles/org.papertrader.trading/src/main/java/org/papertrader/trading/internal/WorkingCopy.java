package org.papertrader.trading.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.AccountId;
import org.papertrader.model.Order;
import org.papertrader.model.Side;
import org.papertrader.storage.api.LedgerBatch.CashRow;
import org.papertrader.storage.api.LedgerBatch.OrderRow;
import org.papertrader.storage.api.LedgerBatch.PositionRow;
import org.papertrader.storage.api.LedgerState;

/**
 * Cash, reservations, positions, open orders and idempotency keys as the writer has decided them: ahead of what is
 * committed, and thrown away when a commit fails. Writer thread only.
 */
final class WorkingCopy {
    private static final int WORKERS_MAX = 4_096;

    final OrderKeys keys = new OrderKeys();
    final Holds holds = new Holds();
    private final Map<Long, AccountState> accounts = new HashMap<>();
    private final Map<Long, OpenOrder> openOrders = new LinkedHashMap<>();
    private final Map<UUID, Instant> lastStamps = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Instant> eldest) {
            return size() > WORKERS_MAX;
        }
    };
    private long lastOrderId;
    private long lastIntervalId;

    WorkingCopy(LedgerState state) {
        state.holds().forEach(holds::put);
        lastOrderId = state.lastOrderId();
        lastIntervalId = state.lastIntervalId();
        for (CashRow row : state.accounts()) {
            AccountState account = openAccount(row.account());
            account.cash = row.cash().mantissa();
            account.version = row.version();
            account.lastHistoryId = row.lastHistoryId();
        }
        for (PositionRow row : state.positions()) {
            PositionState position = openAccount(row.account()).openPosition(row.symbol());
            position.quantity = row.quantity().mantissa();
            position.costBasis = row.costBasis().mantissa();
            position.realised = row.realisedProfit().mantissa();
        }
        List<OrderRow> recent = state.recentKeys();
        for (int i = recent.size() - 1; i >= 0; i--) {
            KnownOrder known = KnownOrder.of(recent.get(i));
            keys.add(known);
            keys.ended(known);
        }
        for (OrderRow row : state.openOrders()) {
            add(new OpenOrder(row, openAccount(row.order().account()), KnownOrder.of(row)));
        }
    }

    @Nullable
    AccountState account(AccountId id) {
        return accounts.get(id.value());
    }

    AccountState openAccount(AccountId id) {
        return accounts.computeIfAbsent(id.value(), value -> new AccountState(id));
    }

    List<AccountView> views() {
        List<AccountView> views = new ArrayList<>(accounts.size());
        accounts.values().forEach(account -> views.add(account.view()));
        return views;
    }

    long lastOrderId() {
        return lastOrderId;
    }

    long nextOrderId() {
        return ++lastOrderId;
    }

    long lastIntervalId() {
        return lastIntervalId;
    }

    /** The number to store an interval under: the given one, or a later one where that was used before. */
    long nextIntervalId(long given) {
        lastIntervalId = Math.max(given, lastIntervalId + 1);
        return lastIntervalId;
    }

    /** A worker's stamp never lies before the one before it. */
    Instant monotonic(UUID worker, Instant stamp) {
        Instant last = lastStamps.get(worker);
        Instant corrected = last != null && last.isAfter(stamp) ? last : stamp;
        lastStamps.put(worker, corrected);
        return corrected;
    }

    @Nullable
    OpenOrder openOrder(long id) {
        return openOrders.get(id);
    }

    int openOrderCount() {
        return openOrders.size();
    }

    /** The open orders, the oldest first. */
    Stream<OpenOrder> openOrders() {
        return openOrders.values().stream();
    }

    List<Order> allOpenOrders() {
        return openOrders().map(OpenOrder::order).toList();
    }

    /** Open orders up to this number, by number. */
    List<OpenOrder> openOrdersUpTo(long id) {
        List<OpenOrder> orders = new ArrayList<>(openOrders.size());
        for (OpenOrder order : openOrders.values()) {
            if (order.id <= id) {
                orders.add(order);
            }
        }
        return orders;
    }

    /** Adds an open order with its reservation and key. */
    void add(OpenOrder order) {
        openOrders.put(order.id, order);
        keys.add(order.known);
        order.account.openOrders++;
        reserve(order, 1);
    }

    /** Takes an order out of the book and frees its reservation; its key stays known. */
    void close(OpenOrder order) {
        openOrders.remove(order.id);
        keys.ended(order.known);
        order.account.openOrders--;
        reserve(order, -1);
    }

    /** Forgets an order that was never stored. */
    void forget(OpenOrder order) {
        openOrders.remove(order.id);
        keys.remove(order.known);
        order.account.openOrders--;
        reserve(order, -1);
    }

    private static void reserve(OpenOrder order, int sign) {
        if (order.known.side() == Side.BUY) {
            order.account.reserved += sign * order.reserved;
        } else {
            order.account.openPosition(order.order().symbol()).reserve(sign * order.known.quantity());
        }
    }
}
