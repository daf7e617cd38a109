package org.papertrader.storage.jdbc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.papertrader.storage.api.LedgerBatch.CashRow;
import org.papertrader.storage.api.LedgerBatch.PositionRow;

/** What commits appended, oldest first, and nobody has folded yet. */
final class LedgerChanges {
    private final List<CashRow> cash = new ArrayList<>();
    private final List<PositionRow> positions = new ArrayList<>();
    private final TreeSet<Long> opened = new TreeSet<>();
    private final Set<Long> ended = new HashSet<>();

    void add(CashRow row) {
        cash.add(row);
    }

    void add(PositionRow row) {
        positions.add(row);
    }

    void open(long order) {
        opened.add(order);
    }

    /** What opened and ended among these changes leaves no trace. */
    void end(long order) {
        if (!opened.remove(order)) {
            ended.add(order);
        }
    }

    List<CashRow> cash() {
        return cash;
    }

    List<PositionRow> positions() {
        return positions;
    }

    /** Numbers of orders that are open now, in ascending order. */
    List<Long> opened() {
        return List.copyOf(opened);
    }

    /** Numbers of orders that were open before and are no more, in ascending order. */
    List<Long> ended() {
        return ended.stream().sorted().toList();
    }
}
