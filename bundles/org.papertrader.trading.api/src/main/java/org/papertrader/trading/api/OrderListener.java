package org.papertrader.trading.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.AccountId;
import org.papertrader.model.Transaction;

/** Hears of orders that ended, after their commit, to notify their owners. Returns at once. */
@ProviderType
public interface OrderListener {
    /** Orders that were filled, rejected or cancelled in one commit. */
    void ended(List<EndedOrder> orders);

    /**
     * One of them.
     *
     * @param account whose order it was
     * @param transaction its line of the history
     */
    record EndedOrder(AccountId account, Transaction transaction) {}
}
