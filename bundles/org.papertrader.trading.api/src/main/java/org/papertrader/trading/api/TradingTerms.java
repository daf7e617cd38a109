package org.papertrader.trading.api;

import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.Money;

/** The terms on which the master takes orders now; an operator may change them at any time. Never blocks. */
@ProviderType
public interface TradingTerms {
    /** The present terms. */
    Terms terms();

    /**
     * Terms of orders.
     *
     * @param startingCash cash of a new account
     * @param reserveMarginPercent what a purchase reserves above its last price, in percent
     * @param fee of each order that goes through
     * @param openOrdersMax most open orders of one account
     */
    record Terms(Money startingCash, int reserveMarginPercent, Money fee, int openOrdersMax) {}
}
