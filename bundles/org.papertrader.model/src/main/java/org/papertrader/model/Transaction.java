package org.papertrader.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * DS-4: one line of an account's history (MST-29): an order that ended, or the opening deposit.
 *
 * @param id position in the account's history, growing, 1 and up
 * @param kind what happened
 * @param order the order, or null for a deposit
 * @param symbol the asset, or null for a deposit
 * @param quantity units, zero for a deposit
 * @param price price per unit at which it went through, zero when nothing was traded
 * @param cashEffect what it did to cash: negative for a buy; zero when nothing was traded
 * @param outcome FILLED, REJECTED or CANCELLED; FILLED for a deposit
 * @param reason why it was rejected or cancelled, else null
 * @param times issued, accepted, went through
 * @param priceSource source of the price, empty when nothing was traded
 */
public record Transaction(
        long id,
        Kind kind,
        @Nullable OrderId order,
        @Nullable Symbol symbol,
        Quantity quantity,
        Price price,
        Money cashEffect,
        OrderStatus outcome,
        @Nullable Refusal reason,
        TransactionTimes times,
        String priceSource) {

    /** What a line of the history is. */
    public enum Kind {
        /** Starting cash. */
        DEPOSIT,
        /** A buy order. */
        BUY,
        /** A sell order. */
        SELL
    }

    /**
     * The times of a transaction.
     *
     * @param issued the worker's raw stamp
     * @param accepted wall time of acceptance at the master
     * @param completed wall time at which it went through or ended
     * @param completedMarket market time at which it went through or ended
     * @param priceTime source time of the price used, or null when nothing was traded
     */
    public record TransactionTimes(
            Instant issued,
            Instant accepted,
            Instant completed,
            Instant completedMarket,
            @Nullable Instant priceTime) {}
}
