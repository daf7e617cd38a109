package org.papertrader.storage.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.AccountId;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.Refusal;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;

/**
 * All that one commit writes.
 *
 * @param newOrders orders that were accepted
 * @param waiting reasons of orders that stay open
 * @param history lines of histories, numbers given by the writer; a line with an order is that order's end
 * @param postingSets double-entry postings, in order of their numbers
 * @param cash rows that changed, after the change
 * @param positions rows that changed, after the change
 * @param interval the interval's row, new or changed, or null
 * @param holds what an operator holds back or releases
 */
public record LedgerBatch(
        List<OrderRow> newOrders,
        List<Waiting> waiting,
        List<HistoryRow> history,
        List<PostingSet> postingSets,
        List<CashRow> cash,
        List<PositionRow> positions,
        @Nullable IntervalRow interval,
        List<HoldRow> holds) {
    public LedgerBatch {
        newOrders = List.copyOf(newOrders);
        waiting = List.copyOf(waiting);
        history = List.copyOf(history);
        postingSets = List.copyOf(postingSets);
        cash = List.copyOf(cash);
        positions = List.copyOf(positions);
        holds = List.copyOf(holds);
    }

    /** A batch that holds and releases nothing. */
    public LedgerBatch(
            List<OrderRow> newOrders,
            List<Waiting> waiting,
            List<HistoryRow> history,
            List<PostingSet> postingSets,
            List<CashRow> cash,
            List<PositionRow> positions,
            @Nullable IntervalRow interval) {
        this(newOrders, waiting, history, postingSets, cash, positions, interval, List.of());
    }

    /**
     * A stored order with what makes it unique: (account, clientOrderId) where there is one, and always
     * (worker, sequence).
     *
     * @param order the order; its number is its place in the order of acceptance
     * @param worker the worker that stamped it
     * @param sequence the worker's number of it
     * @param corrected the worker's stamp, clamped and corrected for its offset: the order of settling
     */
    public record OrderRow(Order order, UUID worker, long sequence, Instant corrected) {}

    /** An open order that waits for this reason. */
    public record Waiting(long orderId, Refusal reason) {}

    /**
     * A line of an account's history; its {@code id} is unique within the account and grows by one. If it names an order,
     * that order leaves OPEN with it, with the line's outcome, reason and time of completion. An order has one line.
     */
    public record HistoryRow(AccountId account, Transaction transaction) {}

    /**
     * Cash of an account.
     *
     * @param cash all cash, reserved cash included
     * @param version of the account's money
     * @param lastHistoryId number of its newest history line, 0 for none
     */
    public record CashRow(AccountId account, Money cash, long version, long lastHistoryId) {}

    /** Units of an asset of an account. */
    public record PositionRow(
            AccountId account, Symbol symbol, Quantity quantity, Money costBasis, Money realisedProfit) {}

    /**
     * Postings that belong together; they sum to zero for each commodity.
     *
     * @param id 1 and up, without gaps
     * @param orderId the order that caused it, 0 for a deposit
     * @param hash 32 bytes: SHA-256 over the previous hash and this set's content
     */
    public record PostingSet(long id, long orderId, Instant at, List<Posting> postings, byte[] hash) {
        public PostingSet {
            postings = List.copyOf(postings);
        }
    }

    /**
     * One side of a posting set.
     *
     * @param account the account, or 0 for the house (the market's side)
     * @param commodity the currency's code, or the asset's symbol
     * @param mantissa amount, times 10^scale, signed
     * @param scale 4 for money, 8 for units
     */
    public record Posting(long account, String commodity, long mantissa, int scale) {}

    /**
     * An interval: what was cut, and at which prices it settles.
     *
     * @param id growing
     * @param cut highest order number that belongs to it
     * @param at wall time of the cut
     * @param marketTime market time at the cut
     * @param marketOpen false when the market was closed
     * @param snapshot prices of the assets that it needs; empty until prices are known
     * @param state CUT until the snapshot is stored, then SETTLING, then SETTLED
     */
    public record IntervalRow(
            long id,
            long cut,
            Instant at,
            Instant marketTime,
            boolean marketOpen,
            List<SnapshotPrice> snapshot,
            State state) {
        public IntervalRow {
            snapshot = List.copyOf(snapshot);
        }

        /** How far it is. */
        public enum State {
            /** Only the cut is stored. */
            CUT,
            /** Its snapshot is stored; fills may happen. */
            SETTLING,
            /** All its orders are filled, rejected or waiting in the book. */
            SETTLED
        }
    }

    /**
     * What an operator holds back: such orders are accepted, and stay open. One row for a symbol, one for all orders.
     *
     * @param symbol the asset whose orders are held; null for all orders
     * @param since when they were held; null when they are released
     * @param reason for operators and owners, at most {@value #REASON_MAX} characters; may be empty
     */
    public record HoldRow(@Nullable Symbol symbol, @Nullable Instant since, String reason) {
        /** Most characters of a reason. */
        public static final int REASON_MAX = 200;
    }

    /** A price of an interval's snapshot with its source time. */
    public record SnapshotPrice(Symbol symbol, Price price, Instant sourceTime, String source) {}
}
