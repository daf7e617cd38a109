package org.papertrader.storage.api;

/**
 * The outcome of checking the ledger.
 *
 * @param postingSets how many sets were read
 * @param intact true when every set sums to zero per commodity and the running hash agrees
 * @param text what is wrong, empty when intact
 */
public record LedgerCheck(long postingSets, boolean intact, String text) {}
