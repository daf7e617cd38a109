package org.papertrader.trading.internal;

import java.time.Duration;
import org.papertrader.model.Money;

/**
 * The rules of trading at one moment; replaced as a whole when an operator changes one.
 *
 * @param startingCash what a new account gets, not negative
 * @param currency code of the installation's currency, the ledger's commodity of cash
 * @param reserveMarginPercent what a buy reserves above its last price
 * @param fee of every order that goes through, not negative
 * @param priceAgeMax market time; an older price fills nothing
 * @param openOrdersMax open orders of one account
 * @param queueDepthMax orders and cancels under way at once
 * @param stampLagMax how far a worker's stamp counts, behind and ahead of its arrival
 * @param sliceOrdersMax orders that one commit of a settlement ends at most
 * @param storagePatience how long an order waits while the storage is away
 */
record TradingSettings(
        Money startingCash,
        String currency,
        int reserveMarginPercent,
        Money fee,
        Duration priceAgeMax,
        int openOrdersMax,
        int queueDepthMax,
        Duration stampLagMax,
        int sliceOrdersMax,
        Duration storagePatience) {
    private static final int CURRENCY_MAX = 16;
    private static final int PERCENT_MAX = 1_000;

    TradingSettings {
        require(startingCash.mantissa() >= 0, "startingCash is negative");
        require(!currency.isBlank() && currency.length() <= CURRENCY_MAX, "currency has 1 to 16 characters");
        require(reserveMarginPercent >= 0 && reserveMarginPercent <= PERCENT_MAX, "reserveMarginPercent is 0 to 1000");
        require(fee.mantissa() >= 0, "fee is negative");
        require(!priceAgeMax.isNegative(), "priceAgeMaxMs is negative");
        require(openOrdersMax >= 1, "openOrdersMax is less than 1");
        require(queueDepthMax >= 1, "queueDepthMax is less than 1");
        require(!stampLagMax.isNegative(), "stampLagMaxMs is negative");
        require(sliceOrdersMax >= 1, "sliceOrdersMax is less than 1");
        require(!storagePatience.isNegative(), "storagePatienceMs is negative");
    }

    private static void require(boolean condition, String text) {
        if (!condition) {
            throw new IllegalArgumentException(text);
        }
    }
}
