package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.papertrader.model.AccountId;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.Transaction.Kind;
import org.papertrader.storage.api.LedgerBatch.IntervalRow;
import org.papertrader.storage.api.LedgerBatch.OrderRow;
import org.papertrader.storage.api.LedgerBatch.PositionRow;
import org.papertrader.storage.api.LedgerBatch.Posting;
import org.papertrader.storage.api.LedgerBatch.PostingSet;
import org.papertrader.storage.api.LedgerState.PositionKey;

/** Recomputes a ledger from its histories alone, naively and in exact decimals, and compares every number. */
final class LedgerAudit {
    private final MemoryLedgerStore store;
    private final BigDecimal fee;
    private final String hint;

    private record Held(BigDecimal quantity, BigDecimal cost, BigDecimal realised) {
        static final Held NOTHING = new Held(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    private LedgerAudit(MemoryLedgerStore store, BigDecimal fee, String hint) {
        this.store = store;
        this.fee = fee;
        this.hint = hint;
    }

    static void check(MemoryLedgerStore store, String fee, String hint) {
        LedgerAudit audit = new LedgerAudit(store, new BigDecimal(fee), hint);
        synchronized (store) {
            assertThat(store.broken).as(hint).isEmpty();
            audit.histories();
            audit.postings();
            audit.orders();
        }
    }

    /** I5, I6: the stored portfolio is what its history says. */
    private void histories() {
        assertThat(store.history.keySet()).as(hint).isEqualTo(store.cash.keySet());
        store.history.forEach((account, lines) -> {
            BigDecimal cash = BigDecimal.ZERO;
            Map<Symbol, Held> held = new HashMap<>();
            for (Transaction line : lines) {
                cash = cash.add(line.cashEffect().toBigDecimal());
                if (line.outcome() == OrderStatus.FILLED && line.kind() != Kind.DEPOSIT) {
                    held.merge(line.symbol(), trade(held, line), (before, after) -> after);
                } else if (line.kind() != Kind.DEPOSIT) {
                    assertThat(line.cashEffect())
                            .as(hint + " nothing was traded")
                            .isEqualTo(Money.ZERO);
                }
                assertThat(cash.signum()).as(hint + " cash of " + account).isNotNegative();
            }
            assertThat(store.cash.get(account).cash().toBigDecimal())
                    .as(hint + " cash of " + account)
                    .isEqualByComparingTo(cash);
            assertThat(store.cash.get(account).lastHistoryId()).as(hint).isEqualTo(lines.size());
            held.forEach((symbol, units) -> compare(account, symbol, units));
        });
    }

    /** I7: a trade exchanges cash and units at its price, but for the fee. */
    private Held trade(Map<Symbol, Held> all, Transaction line) {
        Held before = all.getOrDefault(line.symbol(), Held.NOTHING);
        BigDecimal quantity = line.quantity().toBigDecimal();
        BigDecimal amount =
                line.price().toBigDecimal().multiply(quantity).setScale(Money.SCALE, RoundingMode.HALF_EVEN);
        boolean buy = line.kind() == Kind.BUY;
        assertThat(line.cashEffect().toBigDecimal())
                .as(hint + " " + line)
                .isEqualByComparingTo((buy ? amount.negate() : amount).subtract(fee));
        if (buy) {
            return new Held(before.quantity.add(quantity), before.cost.add(amount), before.realised);
        }
        BigDecimal part = quantity.compareTo(before.quantity) == 0
                ? before.cost
                : before.cost.multiply(quantity).divide(before.quantity, Money.SCALE, RoundingMode.HALF_EVEN);
        assertThat(before.quantity).as(hint + " " + line).isGreaterThanOrEqualTo(quantity);
        return new Held(
                before.quantity.subtract(quantity),
                before.cost.subtract(part),
                before.realised.add(amount.subtract(part)));
    }

    private void compare(AccountId account, Symbol symbol, Held units) {
        PositionRow row = store.positions.get(new PositionKey(account.value(), symbol));
        String with = hint + " " + account + " " + symbol;
        assertThat(row.quantity().toBigDecimal()).as(with).isEqualByComparingTo(units.quantity);
        assertThat(row.costBasis().toBigDecimal()).as(with).isEqualByComparingTo(units.cost);
        assertThat(row.realisedProfit().toBigDecimal()).as(with).isEqualByComparingTo(units.realised);
    }

    /** I3, I4, I6: the ledger sums to zero, and to what everybody has. */
    private void postings() {
        Map<String, Long> sums = new HashMap<>();
        Map<String, Long> totals = new HashMap<>();
        Set<Long> orders = new HashSet<>();
        for (PostingSet set : store.postings) {
            assertThat(set.orderId() == 0 || orders.add(set.orderId()))
                    .as(hint + " order " + set.orderId() + " filled once")
                    .isTrue();
            for (Posting posting : set.postings()) {
                sums.merge(posting.account() + " " + posting.commodity(), posting.mantissa(), Math::addExact);
                totals.merge(posting.commodity(), posting.mantissa(), Math::addExact);
            }
        }
        assertThat(totals.values()).as(hint).allMatch(total -> total == 0);
        store.cash.forEach((account, row) -> assertThat(sums.getOrDefault(account + " USD", 0L))
                .as(hint + " ledger of " + account)
                .isEqualTo(row.cash().mantissa()));
        store.positions.forEach((key, row) -> assertThat(sums.getOrDefault(key.account() + " " + key.symbol(), 0L))
                .as(hint + " ledger of " + key)
                .isEqualTo(row.quantity().mantissa()));
        for (OrderRow row : store.orders.values()) {
            assertThat(orders.contains(row.order().id().value()))
                    .as(hint + " " + row)
                    .isEqualTo(row.order().status() == OrderStatus.FILLED);
        }
    }

    /** I2, I3, I8: every order has one end and one line, and its price is its interval's, later than the order. */
    private void orders() {
        Map<AccountId, Long> reserved = new HashMap<>();
        Map<Long, Transaction> lines = new HashMap<>();
        store.history.values().forEach(list -> list.stream()
                .filter(line -> line.order() != null)
                .forEach(line -> assertThat(lines.put(line.order().value(), line))
                        .as(hint + " one line of order " + line.order())
                        .isNull()));
        for (OrderRow row : store.orders.values()) {
            Order order = row.order();
            Transaction line = lines.remove(order.id().value());
            if (order.status() == OrderStatus.OPEN) {
                assertThat(line).as(hint + " " + order).isNull();
                reserved.merge(order.account(), order.reserved().mantissa(), Math::addExact);
                continue;
            }
            assertThat(line.outcome()).as(hint + " " + order).isEqualTo(order.status());
            assertThat(line.reason()).as(hint + " " + order).isEqualTo(order.reason());
            if (order.status() == OrderStatus.FILLED) {
                assertThat(line.times().priceTime())
                        .as(hint + " " + order + " " + line)
                        .isAfter(order.times().acceptedMarket());
                assertThat(intervalsOf(order, line)).as(hint + " " + line).isNotEmpty();
            }
        }
        assertThat(lines).as(hint).isEmpty();
        reserved.forEach((account, sum) -> assertThat(sum)
                .as(hint + " reserved of " + account)
                .isLessThanOrEqualTo(store.cash.get(account).cash().mantissa()));
    }

    private List<IntervalRow> intervalsOf(Order order, Transaction line) {
        return store.intervals.values().stream()
                .filter(row -> row.cut() >= order.id().value())
                .filter(row -> row.snapshot().stream()
                        .anyMatch(price -> price.symbol().equals(order.symbol())
                                && price.price().equals(line.price())
                                && price.sourceTime().equals(line.times().priceTime())))
                .toList();
    }
}
