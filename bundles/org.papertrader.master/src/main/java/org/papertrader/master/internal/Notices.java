package org.papertrader.master.internal;

import java.util.Optional;
import org.papertrader.link.api.LinkPush.AccountNotice;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.protocol.api.Return;
import org.papertrader.trading.api.OrderListener.EndedOrder;

/** Orders that ended, as their owners' clients hear of them. */
final class Notices {
    private Notices() {}

    /** The notice of an ended order; empty for a line that is of no order. */
    static Optional<AccountNotice> of(EndedOrder ended) {
        Transaction line = ended.transaction();
        OrderId order = line.order();
        Symbol symbol = line.symbol();
        if (order == null || symbol == null) {
            return Optional.empty();
        }
        Side side = line.kind() == Transaction.Kind.SELL ? Side.SELL : Side.BUY;
        Return.Traded traded = new Return.Traded(order, side, symbol, line.quantity());
        return Optional.of(new AccountNotice(ended.account(), notice(traded, line)));
    }

    private static Return notice(Return.Traded traded, Transaction line) {
        if (line.outcome() == OrderStatus.FILLED) {
            return new Return.OrderFilled(
                    traded, line.price(), line.cashEffect(), line.times().completed());
        }
        Refusal reason = line.reason();
        return new Return.OrderRejected(traded, reason == null ? Refusal.of(ReasonCode.CANCELLED_BY_USER) : reason);
    }
}
