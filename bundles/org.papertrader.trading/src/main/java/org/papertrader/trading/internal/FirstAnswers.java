package org.papertrader.trading.internal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.trading.api.CancelOutcome;
import org.papertrader.trading.api.OrderOutcome;
import org.papertrader.trading.api.OrderTicket;

/** Finds in the storage what the writer's memory no longer holds: the first answer of an old order. */
final class FirstAnswers {
    private static final int PAGE = 1_000;
    private static final int PAGES_MAX = 1_000;

    private final LedgerReads reads;
    private final CommittedViews views;

    FirstAnswers(LedgerReads reads, CommittedViews views) {
        this.reads = reads;
        this.views = views;
    }

    /** Answers a command whose key the storage knew although it was not remembered. */
    void find(Command.Submit command) {
        reads.read(store -> search(store, command)).whenComplete((found, failure) -> {
            if (failure != null) {
                command.giveUpUnknown();
            } else {
                command.result.complete(answer(found, command));
            }
        });
    }

    /** Tells orders that ended from orders that never were; a cancel that was repeated may have worked before. */
    CancelOutcome ended(Command.Cancel command, Optional<Order> stored) {
        if (stored.isEmpty()) {
            return new CancelOutcome.Refused(Refusal.of(ReasonCode.UNKNOWN_ORDER));
        }
        AccountView view = views.of(command.account);
        if (command.isRepeated() && stored.get().status() == OrderStatus.CANCELLED && view != null) {
            return new CancelOutcome.Cancelled(command.order, view.cash().minus(view.reserved()), view.version());
        }
        return new CancelOutcome.Refused(Refusal.of(ReasonCode.ORDER_NOT_OPEN));
    }

    private OrderOutcome answer(Optional<Order> found, Command.Submit command) {
        AccountView view = views.of(command.account);
        if (found.isEmpty() || view == null) {
            return new OrderOutcome.Refused(Refusal.of(ReasonCode.DUPLICATE_ORDER_ID));
        }
        Money free = view.cash().minus(view.reserved());
        Order order = found.get();
        return new OrderOutcome.Accepted(order.id(), order.reserved(), free, view.version());
    }

    /**
     * The order of the same key and body, newest pages first; empty when the key belongs to another. It has ended: open
     * ones are remembered.
     */
    private static Optional<Order> search(LedgerStore store, Command.Submit command) {
        OrderId before = null;
        for (int page = 0; page < PAGES_MAX; page++) {
            List<Order> orders = store.endedOrders(command.account, before, PAGE);
            Optional<Order> same =
                    orders.stream().filter(order -> isSame(order, command)).findFirst();
            if (same.isPresent() || orders.isEmpty()) {
                return same;
            }
            before = orders.get(orders.size() - 1).id();
        }
        return Optional.empty();
    }

    private static boolean isSame(Order order, Command.Submit command) {
        OrderTicket ticket = command.ticket;
        boolean sameKey = ticket.clientOrderId() == null
                ? order.clientOrderId() == null
                        && order.times().issued().equals(OrderDesk.stored(command.caller.issued()))
                : Objects.equals(order.clientOrderId(), ticket.clientOrderId());
        return sameKey
                && order.side() == ticket.side()
                && order.symbol().equals(ticket.symbol())
                && order.quantity().equals(ticket.quantity());
    }
}
