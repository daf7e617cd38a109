package org.papertrader.trading.internal;

import org.papertrader.model.Money;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.LedgerBatch.PositionRow;

/** The writer's copy of one position. Writer thread only. */
final class PositionState {
    final AccountState account;
    final Symbol symbol;
    long quantity;
    long reserved;
    long costBasis;
    long realised;
    boolean changed;

    PositionState(AccountState account, Symbol symbol) {
        this.account = account;
        this.symbol = symbol;
    }

    long free() {
        return quantity - reserved;
    }

    PositionRow row() {
        return new PositionRow(account.id, symbol, new Quantity(quantity), new Money(costBasis), new Money(realised));
    }

    HeldUnits view() {
        return new HeldUnits(
                symbol, new Quantity(quantity), new Quantity(reserved), new Money(costBasis), new Money(realised));
    }
}
