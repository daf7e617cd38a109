package org.papertrader.trading.internal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.UUID;
import org.papertrader.model.Order;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.storage.api.LedgerBatch.OrderRow;

/** An open order in the writer's copy. Writer thread only. */
final class OpenOrder {
    /** The order of settling within an account: the book of earlier cuts first, then by stamp, worker and the worker's sequence. */
    static final Comparator<OpenOrder> SETTLING = OpenOrder::compareForSettling;

    final long id;
    final AccountState account;
    final UUID worker;
    final long sequence;
    final long correctedMicros;
    final long reserved;
    final KnownOrder known;
    private Order order;
    private boolean inBook;
    private boolean open = true;

    OpenOrder(OrderRow row, AccountState account, KnownOrder known) {
        this.order = row.order();
        this.id = order.id().value();
        this.account = account;
        this.known = known;
        this.worker = row.worker();
        this.sequence = row.sequence();
        this.correctedMicros = ChronoUnit.MICROS.between(Instant.EPOCH, row.corrected());
        this.reserved = order.reserved().mantissa();
        Refusal reason = order.reason();
        this.inBook = reason != null && reason.code() != ReasonCode.WAITING_FOR_INTERVAL;
    }

    Order order() {
        return order;
    }

    boolean isOpen() {
        return open;
    }

    /** True when a settlement has already left it open. */
    boolean isInBook() {
        return inBook;
    }

    /** Says why it waits; true when that is new. */
    boolean waitFor(Refusal reason) {
        inBook = true;
        if (reason.equals(order.reason())) {
            return false;
        }
        order = new Order(
                order.id(),
                order.account(),
                order.side(),
                order.symbol(),
                order.quantity(),
                order.clientOrderId(),
                order.times(),
                order.reserved(),
                OrderStatus.OPEN,
                reason,
                null);
        return true;
    }

    void end() {
        open = false;
    }

    private static int compareForSettling(OpenOrder left, OpenOrder right) {
        if (left.inBook != right.inBook) {
            return left.inBook ? -1 : 1;
        }
        int order = Long.compare(left.correctedMicros, right.correctedMicros);
        if (order == 0 && !left.worker.equals(right.worker)) {
            order = left.worker.compareTo(right.worker);
        }
        if (order == 0) {
            order = Long.compare(left.sequence, right.sequence);
        }
        return order == 0 ? Long.compare(left.id, right.id) : order;
    }
}
