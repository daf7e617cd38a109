package org.papertrader.trading.internal;

import java.util.List;
import org.papertrader.model.AccountId;
import org.papertrader.model.Money;

/** What is committed of an account; {@code units} in order of symbol. */
record AccountView(AccountId account, Money cash, Money reserved, long version, List<HeldUnits> units) {
    AccountView {
        units = List.copyOf(units);
    }
}
