package org.papertrader.trading.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.AccountId;
import org.papertrader.model.Money;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.LedgerBatch.CashRow;

/** The writer's copy of one account: cash, reservations, positions. Amounts are money's mantissas. Writer thread only. */
final class AccountState {
    final AccountId id;
    long cash;
    long reserved;
    long version;
    long lastHistoryId;
    int openOrders;
    boolean changed;
    private final Map<Symbol, PositionState> positions = new HashMap<>(8);

    AccountState(AccountId id) {
        this.id = id;
    }

    long free() {
        return cash - reserved;
    }

    @Nullable
    PositionState position(Symbol symbol) {
        return positions.get(symbol);
    }

    PositionState openPosition(Symbol symbol) {
        return positions.computeIfAbsent(symbol, s -> new PositionState(this, s));
    }

    CashRow row() {
        return new CashRow(id, new Money(cash), version, lastHistoryId);
    }

    AccountView view() {
        List<HeldUnits> units = new ArrayList<>(positions.size());
        for (PositionState position : positions.values()) {
            units.add(position.view());
        }
        if (units.size() > 1) {
            units.sort((left, right) -> left.symbol().compareTo(right.symbol()));
        }
        return new AccountView(id, new Money(cash), new Money(reserved), version, units);
    }
}
