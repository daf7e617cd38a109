package org.papertrader.trading.internal;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.Asset;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.LedgerBatch.IntervalRow;
import org.papertrader.storage.api.LedgerBatch.SnapshotPrice;

/**
 * The update intervals in the writer's hands: cut, snapshot stored, settled slice by slice. At most one settles and one
 * waits for its turn; a third one takes the place of the one that waits, whose orders it includes. Writer thread only.
 */
final class Intervals {
    private final WorkingCopy copy;
    private final Deque<Settlement> settling = new ArrayDeque<>();
    private @Nullable Cut cut;
    private @Nullable Known waiting;
    private boolean storing;

    private record Cut(long givenId, IntervalRow row) {}

    private record Known(IntervalRow row, Map<Symbol, Asset> prices, boolean open) {}

    /** @param unsettled what was under way when the writer before this one ended */
    Intervals(WorkingCopy copy, List<IntervalRow> unsettled) {
        this.copy = copy;
        for (IntervalRow row : unsettled) {
            if (row.state() == IntervalRow.State.SETTLING) {
                settling.add(new Settlement(copy, row));
            }
        }
    }

    /** Rows that can never settle, to be closed at the beginning: their prices were never stored. */
    static List<IntervalRow> withoutPrices(List<IntervalRow> unsettled) {
        return unsettled.stream()
                .filter(row -> row.state() == IntervalRow.State.CUT)
                .map(row -> Settlement.in(row, IntervalRow.State.SETTLED))
                .toList();
    }

    /** Cuts: orders accepted until now belong to the interval. Nothing is stored when there is none. */
    void cut(long id, Moment moment, Output output) {
        closeCut(output);
        if (copy.openOrderCount() == 0) {
            return;
        }
        Instant market = moment.market() == null ? moment.wall() : moment.market();
        IntervalRow row = new IntervalRow(
                copy.nextIntervalId(id),
                copy.lastOrderId(),
                moment.wall(),
                market,
                false,
                List.of(),
                IntervalRow.State.CUT);
        cut = new Cut(id, row);
        output.alone(batch -> batch.interval(row, null));
    }

    /** Takes the prices of the interval that was cut last; those of any other have no meaning here. */
    void settle(long id, Map<Symbol, Asset> prices, boolean open, Moment moment, Output output) {
        Cut current = cut;
        if (current == null || current.givenId != id) {
            return;
        }
        cut = null;
        if (waiting != null) {
            close(waiting.row, output);
        }
        waiting = new Known(current.row, prices, open);
        startWaiting(moment, output);
    }

    boolean hasSlice() {
        return !settling.isEmpty();
    }

    /** True when nothing settles or is about to. */
    boolean isIdle() {
        return settling.isEmpty() && waiting == null && !storing;
    }

    int ordersLeft() {
        return settling.stream().mapToInt(Settlement::left).sum();
    }

    /** Decides one slice, and begins with the next interval when it was the last. */
    void slice(Moment moment, Output output) {
        Settlement current = settling.getFirst();
        output.alone(batch -> {
            if (current.slice(moment, batch)) {
                settling.removeFirst();
            }
        });
        startWaiting(moment, output);
    }

    private void startWaiting(Moment moment, Output output) {
        Known known = waiting;
        if (known == null || storing || !settling.isEmpty()) {
            return;
        }
        waiting = null;
        storing = true;
        IntervalRow row = withSnapshot(known, moment);
        output.alone(batch -> batch.interval(row, () -> {
            // Committed, and with it every order up to its cut: now it may fill.
            storing = false;
            settling.add(new Settlement(copy, row));
        }));
    }

    private void closeCut(Output output) {
        Cut left = cut;
        if (left != null) {
            cut = null;
            close(left.row, output);
        }
    }

    private static void close(IntervalRow row, Output output) {
        output.alone(batch -> batch.interval(Settlement.in(row, IntervalRow.State.SETTLED), null));
    }

    private IntervalRow withSnapshot(Known known, Moment moment) {
        List<SnapshotPrice> snapshot = known.open ? snapshot(known, moment) : List.of();
        IntervalRow row = known.row;
        return new IntervalRow(
                row.id(), row.cut(), row.at(), row.marketTime(), known.open, snapshot, IntervalRow.State.SETTLING);
    }

    /** Prices of what its orders need, without those that are too old or lie in the future. */
    private List<SnapshotPrice> snapshot(Known known, Moment moment) {
        Instant now = moment.market() == null ? known.row.marketTime() : moment.market();
        Instant oldest = now.minus(moment.settings().priceAgeMax());
        Set<Symbol> needed = new HashSet<>();
        List<SnapshotPrice> snapshot = new ArrayList<>();
        for (OpenOrder order : copy.openOrdersUpTo(known.row.cut())) {
            Symbol symbol = order.order().symbol();
            Asset asset = needed.add(symbol) ? known.prices.get(symbol) : null;
            if (asset == null) {
                continue;
            }
            Instant sourceTime = asset.bar().end();
            if (!sourceTime.isAfter(now) && !sourceTime.isBefore(oldest)) {
                snapshot.add(new SnapshotPrice(symbol, asset.bar().close(), sourceTime, asset.source()));
            }
        }
        return snapshot;
    }
}
