package org.papertrader.trading.api;

import java.util.List;
import org.papertrader.model.Refusal;
import org.papertrader.model.Transaction;

/** The answer to a history query. */
public sealed interface TransactionsOutcome {
    /**
     * Lines of the history, oldest first.
     *
     * @param more true when there are more after the last
     */
    record Page(List<Transaction> transactions, boolean more) implements TransactionsOutcome {
        /** Most lines of one page. */
        public static final int ROWS_MAX = 10_000;

        public Page {
            transactions = List.copyOf(transactions);
        }
    }

    /** unknownUser, notAllowed, noSession. */
    record Refused(Refusal refusal) implements TransactionsOutcome {}
}
