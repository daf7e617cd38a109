package org.papertrader.trading.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.LedgerBatch.HoldRow;

/** What operators hold back: orders of some symbols, or all. Writer thread only. */
final class Holds {
    private final Map<Symbol, Held> symbols = new TreeMap<>();
    private @Nullable Held all;

    /** A hold with the reason that its orders wait for. */
    private record Held(HoldRow row, Refusal reason) {
        static Held of(HoldRow row) {
            return new Held(
                    row,
                    row.reason().isEmpty()
                            ? Refusal.of(ReasonCode.HELD_BY_OPERATOR)
                            : Refusal.of(
                                    ReasonCode.HELD_BY_OPERATOR, "An operator holds the order back: " + row.reason()));
        }
    }

    /** Takes a hold or its release; false when there was nothing to release. */
    boolean put(HoldRow row) {
        Held now = row.since() == null ? null : Held.of(row);
        Symbol symbol = row.symbol();
        Held before;
        if (symbol == null) {
            before = all;
            all = now;
        } else {
            before = now == null ? symbols.remove(symbol) : symbols.put(symbol, now);
        }
        return before != null || now != null;
    }

    /** Why orders of the symbol wait, or null when they are not held. */
    @Nullable
    Refusal reason(Symbol symbol) {
        Held everything = all;
        if (everything != null) {
            return everything.reason();
        }
        Held one = symbols.isEmpty() ? null : symbols.get(symbol);
        return one == null ? null : one.reason();
    }

    /** All of them: that of all orders first, then by symbol. */
    List<HoldRow> list() {
        List<HoldRow> rows = new ArrayList<>();
        if (all != null) {
            rows.add(all.row());
        }
        symbols.values().forEach(held -> rows.add(held.row()));
        return List.copyOf(rows);
    }
}
