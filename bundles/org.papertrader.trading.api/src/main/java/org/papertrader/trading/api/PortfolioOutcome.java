package org.papertrader.trading.api;

import org.papertrader.model.Money;
import org.papertrader.model.Portfolio;
import org.papertrader.model.Refusal;
import org.papertrader.model.UserName;

/** The answer to a portfolio query. */
public sealed interface PortfolioOutcome {
    /** The owner's view. */
    record Own(Portfolio portfolio) implements PortfolioOutcome {}

    /** Another user's view: what all is worth together, nothing else. */
    record Public(UserName owner, Money totalValue) implements PortfolioOutcome {}

    /** unknownUser, noSession. */
    record Refused(Refusal refusal) implements PortfolioOutcome {}
}
