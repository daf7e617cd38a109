package org.papertrader.protocol.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.AccountId;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.OrderTimes;
import org.papertrader.model.Refusal;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.Transaction.TransactionTimes;
import org.papertrader.model.UserName;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.ProtocolLimits;

/** Layouts of orders and transactions. Where nothing is known, numbers and times are 0 and strings empty. */
final class OrderPayloads {
    private OrderPayloads() {}

    static int pageSize(List<?> rows) {
        if (rows.size() > ProtocolLimits.PAGE_ROWS_MAX) {
            throw new IllegalArgumentException("a page has at most " + ProtocolLimits.PAGE_ROWS_MAX + " rows");
        }
        return rows.size();
    }

    static void transactions(PayloadWriter out, Payload.TransactionPage page) {
        out.string(page.owner().value());
        out.u32(pageSize(page.rows()));
        for (Transaction transaction : page.rows()) {
            out.row(() -> transaction(out, transaction));
        }
    }

    static Payload transactions(Payload.Stamp stamp, boolean own, boolean more, PayloadReader in) {
        UserName owner = new UserName(in.string());
        return new Payload.TransactionPage(stamp, owner, own, more, in.rows(OrderPayloads::transaction));
    }

    static void orders(PayloadWriter out, List<Order> orders) {
        out.u32(pageSize(orders));
        for (Order order : orders) {
            out.row(() -> order(out, order));
        }
    }

    private static void transaction(PayloadWriter out, Transaction transaction) {
        out.i64(transaction.id());
        out.u8(kindNumber(transaction.kind()));
        OrderId order = transaction.order();
        out.i64(order == null ? 0 : order.value());
        symbolOrEmpty(out, transaction.symbol());
        out.quantity(transaction.quantity());
        out.price(transaction.price());
        out.money(transaction.cashEffect());
        out.u8(statusNumber(transaction.outcome()));
        reason(out, transaction.reason());
        TransactionTimes times = transaction.times();
        out.instant(times.issued());
        out.instant(times.accepted());
        out.instant(times.completed());
        out.instant(times.completedMarket());
        out.instantOrZero(times.priceTime());
        out.string(transaction.priceSource());
    }

    private static Transaction transaction(PayloadReader in) {
        long id = in.i64();
        Transaction.Kind kind = kind(in.u8());
        long order = in.i64();
        String symbol = in.string();
        return new Transaction(
                id,
                kind,
                order == 0 ? null : new OrderId(order),
                symbol.isEmpty() ? null : new Symbol(symbol),
                in.quantity(),
                in.price(),
                in.money(),
                status(in.u8()),
                reason(in),
                new TransactionTimes(in.instant(), in.instant(), in.instant(), in.instant(), in.instantOrNull()),
                in.string());
    }

    private static void order(PayloadWriter out, Order order) {
        out.i64(order.id().value());
        out.i64(order.account().value());
        out.u8(order.side() == Side.BUY ? 1 : 2);
        out.string(order.symbol().value());
        out.quantity(order.quantity());
        ClientOrderId clientOrderId = order.clientOrderId();
        out.string(clientOrderId == null ? "" : clientOrderId.value());
        out.instant(order.times().issued());
        out.instant(order.times().accepted());
        out.instant(order.times().acceptedMarket());
        out.money(order.reserved());
        out.u8(statusNumber(order.status()));
        reason(out, order.reason());
        out.instantOrZero(order.closedAt());
    }

    static Order order(PayloadReader in) {
        OrderId id = new OrderId(in.i64());
        AccountId account = new AccountId(in.i64());
        Side side = side(in.u8());
        Symbol symbol = new Symbol(in.string());
        var quantity = in.quantity();
        String clientOrderId = in.string();
        return new Order(
                id,
                account,
                side,
                symbol,
                quantity,
                clientOrderId.isEmpty() ? null : new ClientOrderId(clientOrderId),
                new OrderTimes(in.instant(), in.instant(), in.instant()),
                in.money(),
                status(in.u8()),
                reason(in),
                in.instantOrNull());
    }

    private static void symbolOrEmpty(PayloadWriter out, @Nullable Symbol symbol) {
        out.string(symbol == null ? "" : symbol.value());
    }

    private static void reason(PayloadWriter out, @Nullable Refusal reason) {
        out.string(reason == null ? "" : reason.code().code());
        out.string(reason == null ? "" : reason.text());
    }

    private static @Nullable Refusal reason(PayloadReader in) {
        String code = in.string();
        String text = in.string();
        return code.isEmpty() ? null : ReturnDecoder.refusal(code, text);
    }

    private static int kindNumber(Transaction.Kind kind) {
        return switch (kind) {
            case BUY -> 1;
            case SELL -> 2;
            case DEPOSIT -> 3;
        };
    }

    private static Transaction.Kind kind(int number) {
        return switch (number) {
            case 1 -> Transaction.Kind.BUY;
            case 2 -> Transaction.Kind.SELL;
            case 3 -> Transaction.Kind.DEPOSIT;
            default -> throw PayloadReader.bad();
        };
    }

    private static Side side(int number) {
        return switch (number) {
            case 1 -> Side.BUY;
            case 2 -> Side.SELL;
            default -> throw PayloadReader.bad();
        };
    }

    private static int statusNumber(OrderStatus status) {
        return switch (status) {
            case OPEN -> 1;
            case FILLED -> 2;
            case REJECTED -> 3;
            case CANCELLED -> 4;
        };
    }

    private static OrderStatus status(int number) {
        return switch (number) {
            case 1 -> OrderStatus.OPEN;
            case 2 -> OrderStatus.FILLED;
            case 3 -> OrderStatus.REJECTED;
            case 4 -> OrderStatus.CANCELLED;
            default -> throw PayloadReader.bad();
        };
    }
}
