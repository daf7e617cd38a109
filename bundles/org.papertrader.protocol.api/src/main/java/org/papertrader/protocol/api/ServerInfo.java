package org.papertrader.protocol.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.papertrader.model.Money;

/**
 * What any client must know first. Clients ignore keys that they do not know.
 *
 * @param versions protocol versions spoken here
 * @param software name and version of the server, for people
 * @param role what a client talks to: {@code worker}, also where master and worker are one program
 * @param realm goes into the salt of {@code hashedPass}
 * @param currency of all money and prices, for example {@code USD}
 * @param serverTime wall time
 * @param market market time and interval
 * @param terms of orders
 * @param limits what a client must keep
 */
public record ServerInfo(
        List<Integer> versions,
        String software,
        String role,
        String realm,
        String currency,
        Instant serverTime,
        Market market,
        Terms terms,
        Limits limits) {
    public ServerInfo {
        versions = List.copyOf(versions);
    }

    /**
     * The market.
     *
     * @param time market time, the clock of bars, dates and fills
     * @param acceleration how many market seconds pass in one second, 1 for real time
     * @param open false while the market is closed
     * @param updateInterval how often values are retrieved and orders settled (VAR-4), in wall time
     * @param nextInterval wall time at which the next interval begins
     */
    public record Market(Instant time, int acceleration, boolean open, Duration updateInterval, Instant nextInterval) {}

    /**
     * Terms of orders; an operator may change them at any time.
     *
     * @param startingCash cash of a new account
     * @param reserveMarginPercent what a purchase reserves above its last price, in percent
     * @param fee of each order that goes through
     * @param openOrdersMax most open orders of one account
     */
    public record Terms(Money startingCash, int reserveMarginPercent, Money fee, int openOrdersMax) {}

    /**
     * Limits.
     *
     * @param idleTimeout a connection that sends nothing for so long is closed
     * @param inFlightMax requests of one connection under way at a time; more are answered {@code busy}
     */
    public record Limits(Duration idleTimeout, int inFlightMax) {}
}
