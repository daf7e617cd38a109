package org.papertrader.storage.api;

import java.util.List;
import org.papertrader.model.Symbol;

/**
 * What the writer loads.
 *
 * @param accounts cash of every account that was opened in the ledger
 * @param positions every position row
 * @param openOrders every open order, by number
 * @param recentKeys idempotency keys of the latest orders that ended, at most 100,000, newest first
 * @param lastOrderId highest order number given, 0 for none
 * @param lastPostingSetId highest posting set number, 0 for none
 * @param lastHash running hash after that set, 32 bytes, all zero for none
 * @param lastIntervalId highest interval number, 0 for none
 * @param holds what operators hold back
 */
public record LedgerState(
        List<LedgerBatch.CashRow> accounts,
        List<LedgerBatch.PositionRow> positions,
        List<LedgerBatch.OrderRow> openOrders,
        List<LedgerBatch.OrderRow> recentKeys,
        long lastOrderId,
        long lastPostingSetId,
        byte[] lastHash,
        long lastIntervalId,
        List<LedgerBatch.HoldRow> holds) {
    public LedgerState {
        accounts = List.copyOf(accounts);
        positions = List.copyOf(positions);
        openOrders = List.copyOf(openOrders);
        recentKeys = List.copyOf(recentKeys);
        lastHash = lastHash.clone();
        holds = List.copyOf(holds);
    }

    /** Units and cost of one asset of one account, for callers that need the pair as a key. */
    public record PositionKey(long account, Symbol symbol) {}
}
