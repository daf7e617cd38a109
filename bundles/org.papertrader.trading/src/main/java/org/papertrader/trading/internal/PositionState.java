package org.papertrader.trading.internal;

import org.jspecify.annotations.Nullable;
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
    private @Nullable HeldUnits view;

    PositionState(AccountState account, Symbol symbol) {
        this.account = account;
        this.symbol = symbol;
    }

    /** Adds to what is promised to open sales. */
    void reserve(long units) {
        reserved += units;
        view = null;
    }

    /** Adds units at their cost. */
    void add(long units, long cost) {
        quantity += units;
        costBasis += cost;
        view = null;
    }

    /** Takes units out with their part of the cost; the rest of the amount is profit. */
    void take(long units, long amount) {
        long costPart = Amounts.costPart(costBasis, units, quantity);
        quantity -= units;
        costBasis -= costPart;
        realised += amount - costPart;
        view = null;
    }

    long free() {
        return quantity - reserved;
    }

    PositionRow row() {
        return new PositionRow(account.id, symbol, new Quantity(quantity), new Money(costBasis), new Money(realised));
    }

    /** Its committed form to be; the same object as long as nothing changed. */
    HeldUnits view() {
        HeldUnits known = view;
        if (known == null) {
            known = new HeldUnits(
                    symbol, new Quantity(quantity), new Quantity(reserved), new Money(costBasis), new Money(realised));
            view = known;
        }
        return known;
    }
}
