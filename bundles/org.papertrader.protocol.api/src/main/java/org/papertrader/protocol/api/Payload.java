package org.papertrader.protocol.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.papertrader.model.Asset;
import org.papertrader.model.AssetInfo;
import org.papertrader.model.Bar;
import org.papertrader.model.Email;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.Portfolio;
import org.papertrader.model.Prediction;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.UserName;

/** What the data packets of a transfer carry (PRO-11). Instants go over the wire in whole milliseconds. */
public sealed interface Payload {

    /** How old it is, and for how long it holds. */
    Stamp stamp();

    /**
     * The age of a payload.
     *
     * @param asOf wall time at which the master gave it
     * @param freshUntil wall time until which it may be answered again; not later than {@code asOf} for data of users
     * @param stale served by a worker without its master, after {@code freshUntil}
     */
    record Stamp(Instant asOf, Instant freshUntil, boolean stale) {
        /** For an answer that may not be given again. */
        public static Stamp once(Instant asOf) {
            return new Stamp(asOf, asOf, false);
        }

        /** For an answer that holds until the next update. */
        public static Stamp until(Instant asOf, Instant freshUntil) {
            return new Stamp(asOf, freshUntil, false);
        }
    }

    /** Answers {@code getAssetInfo}. */
    record AssetDetails(Stamp stamp, AssetInfo info) implements Payload {}

    /** Answers {@code getAssetValueCurrent}; the value's own market time is the end of its bar. */
    record CurrentValue(Stamp stamp, Asset asset) implements Payload {}

    /**
     * Answers {@code getAssetValueDay}, {@code …Week}, {@code …Month}, {@code …Year}, {@code …AllTime}.
     *
     * @param source where the rows came from; empty when there are none
     * @param rows oldest first
     */
    record Series(Stamp stamp, Symbol symbol, String source, List<Bar> rows) implements Payload {
        public Series {
            rows = List.copyOf(rows);
        }
    }

    /** Answers {@code getAssetValuePredicted}. */
    record Predicted(Stamp stamp, Prediction prediction) implements Payload {}

    /** Answers {@code listAssets}: in order of symbol; {@code more} when further ones follow behind the last. */
    record AssetPage(Stamp stamp, boolean more, List<AssetInfo> rows) implements Payload {
        public AssetPage {
            rows = List.copyOf(rows);
        }
    }

    /** Answers {@code getUserInfo}; {@code own} only for the user's own session. */
    record UserInfo(Stamp stamp, UserName userName, Instant registered, Optional<OwnInfo> own) implements Payload {}

    /**
     * What only its owner sees of an account.
     *
     * @param isPassword the account has a password (DS-1)
     * @param isThirdParty the account may log in with a third party (MST-11)
     */
    record OwnInfo(Email email, boolean isPassword, boolean isThirdParty) {}

    /** Answers {@code getUserPortfolio} to its owner. */
    record OwnPortfolio(Stamp stamp, Portfolio portfolio) implements Payload {}

    /** Answers {@code getUserPortfolio} to anybody else: the total value only. */
    record PublicPortfolio(Stamp stamp, UserName owner, Money totalValue) implements Payload {}

    /**
     * Answers {@code getUserTransactionHistory}.
     *
     * @param own false for anybody but its owner; then there are no rows
     * @param more further rows follow behind the last
     * @param rows in order of id, at most {@link ProtocolLimits#PAGE_ROWS_MAX}
     */
    record TransactionPage(Stamp stamp, UserName owner, boolean own, boolean more, List<Transaction> rows)
            implements Payload {
        public TransactionPage {
            rows = List.copyOf(rows);
        }
    }

    /** Answers {@code getOrders}: newest first; {@code more} when there are older ones. */
    record OrderPage(Stamp stamp, boolean more, List<Order> rows) implements Payload {
        public OrderPage {
            rows = List.copyOf(rows);
        }
    }
}
