package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Portfolio;
import org.papertrader.model.Position;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.UserName;
import org.papertrader.protocol.api.Payload;

/** Money is conserved: cash and positions, recomputed from the history alone, are the portfolio's to the last digit. */
final class AccountBooks {
    private AccountBooks() {}

    /**
     * Checks an account without open orders.
     *
     * @param seed what to tell when it is not so
     * @return its history
     */
    static List<Transaction> check(BlockingTraderClient client, UserName name, String seed) {
        Portfolio portfolio = ((Payload.OwnPortfolio) client.portfolio(name)).portfolio();
        List<Transaction> history = client.transactions(name);
        BigDecimal cash = BigDecimal.ZERO;
        Map<Symbol, BigDecimal> units = new TreeMap<>();
        for (Transaction line : history) {
            cash = cash.add(line.cashEffect().toBigDecimal());
            if (line.outcome() == OrderStatus.FILLED && line.symbol() != null) {
                BigDecimal sign = line.kind() == Transaction.Kind.BUY ? BigDecimal.ONE : BigDecimal.ONE.negate();
                BigDecimal quantity = line.quantity().toBigDecimal();
                assertThat(line.cashEffect().toBigDecimal())
                        .as(seed)
                        .isEqualByComparingTo(line.price()
                                .toBigDecimal()
                                .multiply(quantity)
                                .setScale(4, RoundingMode.HALF_EVEN)
                                .multiply(sign.negate()));
                units.merge(line.symbol(), quantity.multiply(sign), BigDecimal::add);
            }
            assertThat(cash.signum()).as(seed).isNotNegative();
        }
        assertThat(portfolio.cash().toBigDecimal()).as(seed).isEqualByComparingTo(cash);
        assertThat(portfolio.reservedCash().mantissa()).as(seed).isZero();
        Map<Symbol, BigDecimal> held = new TreeMap<>();
        for (Position position : portfolio.positions()) {
            held.put(position.symbol(), position.quantity().toBigDecimal().setScale(8));
        }
        units.replaceAll((symbol, quantity) -> quantity.setScale(8));
        assertThat(held).as(seed).containsExactlyInAnyOrderEntriesOf(units);
        return history;
    }
}
