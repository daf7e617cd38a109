package org.papertrader.trading.internal;

import java.util.ArrayList;
import java.util.List;
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
    /** In order of symbol. */
    private final List<PositionState> positions = new ArrayList<>(4);

    AccountState(AccountId id) {
        this.id = id;
    }

    long free() {
        return cash - reserved;
    }

    @Nullable
    PositionState position(Symbol symbol) {
        int index = indexOf(symbol);
        return index < 0 ? null : positions.get(index);
    }

    PositionState openPosition(Symbol symbol) {
        int index = indexOf(symbol);
        if (index >= 0) {
            return positions.get(index);
        }
        PositionState position = new PositionState(this, symbol);
        positions.add(-index - 1, position);
        return position;
    }

    CashRow row() {
        return new CashRow(id, new Money(cash), version, lastHistoryId);
    }

    AccountView view() {
        HeldUnits[] units = new HeldUnits[positions.size()];
        for (int i = 0; i < units.length; i++) {
            units[i] = positions.get(i).view();
        }
        return new AccountView(id, new Money(cash), new Money(reserved), version, List.of(units));
    }

    /** Its place, or where it belongs as {@code -place - 1}. */
    private int indexOf(Symbol symbol) {
        int low = 0;
        int high = positions.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = positions.get(middle).symbol.compareTo(symbol);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
