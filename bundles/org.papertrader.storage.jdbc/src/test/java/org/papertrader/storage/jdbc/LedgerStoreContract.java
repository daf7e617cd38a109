package org.papertrader.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.papertrader.storage.jdbc.Batches.AT;
import static org.papertrader.storage.jdbc.Batches.SYMBOL;
import static org.papertrader.storage.jdbc.Batches.WORKER;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.AccountId;
import org.papertrader.model.Email;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Transaction;
import org.papertrader.model.Transaction.TransactionTimes;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.AccountStore;
import org.papertrader.storage.api.CommitResult;
import org.papertrader.storage.api.LedgerBatch;
import org.papertrader.storage.api.LedgerBatch.CashRow;
import org.papertrader.storage.api.LedgerBatch.HoldRow;
import org.papertrader.storage.api.LedgerBatch.IntervalRow;
import org.papertrader.storage.api.LedgerBatch.OrderRow;
import org.papertrader.storage.api.LedgerBatch.SnapshotPrice;
import org.papertrader.storage.api.LedgerBatch.Waiting;
import org.papertrader.storage.api.LedgerCheck;
import org.papertrader.storage.api.LedgerState;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.storage.api.PostingHash;
import org.papertrader.storage.api.StorageException;

/** What every {@link LedgerStore} in SQL does. */
public abstract class LedgerStoreContract extends StorageContract {
    private static final AccountId ANN = new AccountId(1);
    private static final AccountId BOB = new AccountId(2);

    private final Batches batches = new Batches();
    private LedgerStore ledger;
    private long epoch;

    @BeforeEach
    final void pick() {
        ledger = storage.ledger();
        epoch = ledger.takeEpoch();
    }

    @Test
    void loadsNothingFromAnEmptyDatabase() {
        LedgerState state = ledger.load();

        assertThat(state.accounts()).isEmpty();
        assertThat(state.positions()).isEmpty();
        assertThat(state.openOrders()).isEmpty();
        assertThat(state.recentKeys()).isEmpty();
        assertThat(List.of(state.lastOrderId(), state.lastPostingSetId(), state.lastIntervalId()))
                .containsOnly(0L);
        assertThat(state.lastHash()).isEqualTo(PostingHash.start());
    }

    @Test
    @Tag("MST-30")
    void loadsWhatWasCommittedBeforeAReopening() {
        commit(batches.open(1, 1).open(2, 1).open(3, 2));
        commit(batches.fill(1, 1, 1).interval(interval(4, IntervalRow.State.SETTLED, List.of())));

        reopen();
        LedgerState state = storage.ledger().load();

        assertThat(state.accounts()).containsExactly(new CashRow(ANN, Money.parse("99.5"), 1, 1));
        assertThat(state.positions()).containsExactly(Batches.position(1));
        assertThat(state.openOrders()).containsExactly(Batches.row(2, 1, "c2"), Batches.row(3, 2, "c3"));
        assertThat(state.recentKeys())
                .containsExactly(new OrderRow(Batches.filled(1, 1), WORKER, 1, AT.plusNanos(3_000)));
        assertThat(state.lastOrderId()).isEqualTo(3);
        assertThat(state.lastPostingSetId()).isEqualTo(1);
        assertThat(state.lastHash()).isEqualTo(batches.lastHash());
        assertThat(state.lastIntervalId()).isEqualTo(4);
        assertThat(storage.ledger().transactions(ANN, 0, 10)).containsExactly(Batches.bought(1, 1));
    }

    @Test
    void refusesAWriterWhoseEpochIsOver() {
        long next = ledger.takeEpoch();

        assertThat(ledger.commit(epoch, batches.open(1, 1).take())).isEqualTo(new CommitResult.Fenced());
        assertThat(ledger.load().openOrders()).isEmpty();
        assertThat(ledger.commit(next, new Batches().open(1, 1).take())).isEqualTo(new CommitResult.Committed());
    }

    @Test
    void givesEachWriterItsOwnEpoch() throws Exception {
        assertThat(atOnce(8, ledger::takeEpoch)).doesNotHaveDuplicates().allMatch(given -> given > epoch);
    }

    @Test
    void neverLetsTwoWritersCommitInTurns() throws Exception {
        // A second provider, as while a new version takes over; each commits until it is fenced.
        try (JdbcStorage other = openAnother()) {
            CompletableFuture<Long> old = CompletableFuture.supplyAsync(() -> {
                long id = 0;
                while (ledger.commit(epoch, new Batches().open(id + 1, 1).take()) instanceof CommitResult.Committed) {
                    id++;
                }
                return id;
            });
            long next = other.ledger().takeEpoch();
            long last = other.ledger().load().lastOrderId();
            for (long id = last + 1; id <= last + 20; id++) {
                assertThat(other.ledger().commit(next, new Batches().open(id, 1).take()))
                        .isEqualTo(new CommitResult.Committed());
            }

            assertThat(old.get(20, TimeUnit.SECONDS)).isEqualTo(last);
            assertThat(other.ledger().load().openOrders()).hasSize((int) last + 20);
        }
    }

    @Test
    @Tag("PRO-6")
    void refusesAnOrderWhoseClientOrderIdIsThere() {
        commit(batches.open(Batches.row(1, 1, "same")));

        LedgerBatch again = batches.open(2, 2)
                .open(new OrderRow(Batches.order(3, 1, "same"), WORKER, 3, AT))
                .cash(1, 1)
                .take();

        assertThat(ledger.commit(epoch, again)).isEqualTo(new CommitResult.DuplicateOrder());
        assertThat(ledger.load().lastOrderId()).isEqualTo(1);
        assertThat(ledger.load().accounts()).isEmpty();
        commit(batches.open(Batches.row(2, 2, "same")));
        commit(batches.open(Batches.row(3, 1, null)).open(Batches.row(4, 1, null)));
    }

    @Test
    void refusesAnOrderWhoseWorkerAndNumberAreThere() {
        commit(batches.open(Batches.row(1, 1, null)));

        LedgerBatch again = batches.open(new OrderRow(Batches.order(2, 2, null), WORKER, 1, AT))
                .take();

        assertThat(ledger.commit(epoch, again)).isEqualTo(new CommitResult.DuplicateOrder());
    }

    @Test
    void findsADuplicateAmongManyOrders() {
        LongStream.rangeClosed(1, 1_000).forEach(id -> batches.open(id, 1));
        commit(batches);
        LongStream.rangeClosed(1_001, 2_000).forEach(id -> batches.open(id, 1));
        batches.open(new OrderRow(Batches.order(2_001, 1, "c500"), WORKER, 2_001, AT));

        assertThat(ledger.commit(epoch, batches.take())).isEqualTo(new CommitResult.DuplicateOrder());
        assertThat(ledger.load().openOrders()).hasSize(1_000);
    }

    @Test
    void takesAnOrderNumberThatIsThereForAFault() {
        commit(batches.open(1, 1).open(2, 1));

        LedgerBatch again = batches.open(new OrderRow(Batches.order(2, 1, "other"), WORKER, 9, AT))
                .take();

        assertThatThrownBy(() -> ledger.commit(epoch, again))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("order number 2 was given before");
    }

    @Test
    void writesNothingOfABatchThatFails() {
        commit(batches.open(1, 1).open(2, 1));
        commit(batches.fill(1, 1, 1));
        // Order 1 has ended, so this batch must fail after its new order and before its cash.
        LedgerBatch bad = batches.open(3, 1).fill(2, 1, 2).fill(1, 1, 3).take();

        assertThatThrownBy(() -> ledger.commit(epoch, bad))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("order 1 is not open");

        LedgerState state = ledger.load();
        assertThat(state.lastOrderId()).isEqualTo(2);
        assertThat(state.openOrders()).hasSize(1);
        assertThat(state.lastPostingSetId()).isEqualTo(1);
        assertThat(state.accounts()).containsExactly(new CashRow(ANN, Money.parse("99.5"), 1, 1));
        assertThat(ledger.transactions(ANN, 0, 10)).hasSize(1);
        assertThat(ledger.verify()).isEqualTo(new LedgerCheck(1, true, ""));
    }

    @Test
    void writesNothingWhenAHistoryLineIsThere() {
        commit(batches.open(1, 1).open(2, 1));
        commit(batches.fill(1, 1, 1));
        LedgerBatch bad = batches.fill(2, 1, 1).take();

        assertThatThrownBy(() -> ledger.commit(epoch, bad)).isInstanceOf(StorageException.class);
        assertThat(ledger.load().openOrders()).hasSize(1);
    }

    @Test
    void showsOrdersToTheirOwnerOnlyNewestFirstPageByPage() {
        LongStream.rangeClosed(1, 50).forEach(id -> batches.open(id, id % 2 + 1));
        commit(batches);
        commit(batches.fill(2, 1, 1).fill(4, 1, 2).fill(3, 2, 1));

        assertThat(ledger.order(ANN, new OrderId(2))).contains(Batches.filled(2, 1));
        assertThat(ledger.order(BOB, new OrderId(2))).isEmpty();
        assertThat(ledger.order(ANN, new OrderId(50))).contains(Batches.order(50, 1, "c50"));
        assertThat(ledger.order(ANN, new OrderId(51))).isEmpty();
        assertThat(ledger.endedOrders(ANN, null, 100)).containsExactly(Batches.filled(4, 1), Batches.filled(2, 1));
        assertThat(ids(ledger.endedOrders(ANN, null, 1))).containsExactly(4L);
        assertThat(ids(ledger.endedOrders(ANN, new OrderId(4), 3))).containsExactly(2L);
        assertThat(ids(ledger.endedOrders(BOB, null, 3))).containsExactly(3L);
        assertThat(ledger.endedOrders(new AccountId(9), null, 100)).isEmpty();
        assertThatThrownBy(() -> ledger.endedOrders(ANN, null, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(ledger.load().openOrders()).hasSize(47);
    }

    @Test
    void remembersTheKeysOfTheNewestOrdersThatEnded() {
        LongStream.rangeClosed(1, 20).forEach(id -> batches.open(id, id % 2 + 1));
        commit(batches);
        commit(batches.fill(4, 1, 1).fill(2, 1, 2).fill(3, 2, 1));

        assertThat(ledger.load().recentKeys())
                .extracting(row -> row.order().id().value())
                .containsExactly(4L, 3L, 2L);
    }

    @Test
    void refusesTheEndOfAnOrderThatWasNeverAccepted() {
        commit(batches.open(1, 1));
        LedgerBatch bad = batches.fill(2, 1, 1).take();

        assertThatThrownBy(() -> ledger.commit(epoch, bad))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("order 2 was never accepted");
        assertThat(ledger.transactions(ANN, 0, 10)).isEmpty();
    }

    @Test
    void notesWhyAnOrderWaits() {
        Refusal reason = Refusal.of(ReasonCode.WAITING_FOR_PRICE, "No price since yesterday.");
        commit(batches.open(1, 1));
        commit(batches.wait(new Waiting(1, reason)));

        assertThat(ledger.order(ANN, new OrderId(1)).orElseThrow().reason()).isEqualTo(reason);
        LedgerBatch unknown = batches.wait(new Waiting(2, reason)).take();
        assertThatThrownBy(() -> ledger.commit(epoch, unknown)).isInstanceOf(StorageException.class);
        commit(batches.fill(1, 1, 1));
        LedgerBatch ended = batches.wait(new Waiting(1, reason)).take();
        assertThatThrownBy(() -> ledger.commit(epoch, ended))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("order 1 is not open");
        assertThat(ledger.order(ANN, new OrderId(1))).contains(Batches.filled(1, 1));
    }

    @Test
    void keepsWhatOperatorsHoldUntilItIsReleased() {
        Instant since = AT;
        HoldRow all = new HoldRow(null, since, "");
        HoldRow one = new HoldRow(SYMBOL, since, "a wrong price");
        commit(batches.hold(all).hold(one));
        commit(batches.hold(new HoldRow(SYMBOL, since.plusSeconds(1), "another reason")));

        reopen();

        assertThat(storage.ledger().load().holds())
                .containsExactly(all, new HoldRow(SYMBOL, since.plusSeconds(1), "another reason"));
        ledger = storage.ledger();
        epoch = ledger.takeEpoch();
        commit(batches.hold(new HoldRow(null, null, "")));
        assertThat(ledger.load().holds()).extracting(HoldRow::symbol).containsExactly(SYMBOL);
        long older = epoch;
        epoch = ledger.takeEpoch();
        LedgerBatch late = batches.hold(all).take();
        assertThat(ledger.commit(older, late)).isEqualTo(new CommitResult.Fenced());
        assertThat(ledger.load().holds()).hasSize(1);
    }

    @Test
    @Tag("MST-29")
    @Tag("DS-4")
    void keepsEveryKindOfHistoryLine() {
        Transaction deposit = new Transaction(
                1,
                Transaction.Kind.DEPOSIT,
                null,
                null,
                Quantity.ZERO,
                Price.ZERO,
                Money.parse("100000"),
                OrderStatus.FILLED,
                null,
                new TransactionTimes(AT, AT, AT, AT, null),
                "");
        Transaction rejected = new Transaction(
                2,
                Transaction.Kind.SELL,
                new OrderId(7),
                SYMBOL,
                Quantity.parse("0.00000001"),
                Price.ZERO,
                Money.ZERO,
                OrderStatus.REJECTED,
                Refusal.of(ReasonCode.INSUFFICIENT_POSITION, "You hold 0 of AAA – überhaupt nichts."),
                new TransactionTimes(AT, AT, AT, AT, null),
                "");
        LongStream.rangeClosed(1, 7).forEach(id -> batches.open(id, 1));
        commit(batches);
        commit(batches.line(1, deposit).line(1, rejected).line(2, deposit));

        assertThat(ledger.transactions(ANN, 0, 10)).containsExactly(deposit, rejected);
        assertThat(ledger.transactions(ANN, 0, 1)).containsExactly(deposit);
        assertThat(ledger.transactions(ANN, 1, 10)).containsExactly(rejected);
        assertThat(ledger.transactions(ANN, 2, 10)).isEmpty();
    }

    @Test
    void resumesAnIntervalWithTheSnapshotThatWasStoredFirst() {
        SnapshotPrice price = new SnapshotPrice(SYMBOL, Price.parse("10"), AT.minusSeconds(1), "replay");
        SnapshotPrice other = new SnapshotPrice(SYMBOL, Price.parse("11"), AT, "replay");
        commit(batches.interval(interval(1, IntervalRow.State.CUT, List.of())));
        assertThat(ledger.unsettledIntervals()).containsExactly(interval(1, IntervalRow.State.CUT, List.of()));

        commit(batches.interval(interval(1, IntervalRow.State.SETTLING, List.of(price))));
        commit(batches.interval(interval(1, IntervalRow.State.SETTLING, List.of(other))));
        reopen();
        ledger = storage.ledger();
        assertThat(ledger.unsettledIntervals())
                .containsExactly(interval(1, IntervalRow.State.SETTLING, List.of(price)));

        commit(batches.interval(interval(1, IntervalRow.State.SETTLED, List.of(price))));
        assertThat(ledger.unsettledIntervals()).isEmpty();
        LedgerBatch back =
                batches.interval(interval(1, IntervalRow.State.CUT, List.of())).take();
        assertThatThrownBy(() -> ledger.commit(epoch, back)).isInstanceOf(StorageException.class);
    }

    @Test
    void findsAnAccountByName() {
        storage.accounts()
                .add(new AccountStore.NewAccount(new UserName("Ann"), new Email("ann@example.org"), null, NOW));

        assertThat(ledger.account(new UserName("ANN"))).contains(ANN);
        assertThat(ledger.account(new UserName("bob"))).isEmpty();
    }

    @Test
    void sharesOneSyncAmongManyCallers() throws Exception {
        commit(batches.open(1, 1));
        long before = ledger.syncs();

        atOnce(64, () -> {
            for (int i = 0; i < 10; i++) {
                ledger.sync();
            }
            return true;
        });

        assertThat(ledger.syncs() - before).as("640 calls").isBetween(10L, 320L);
    }

    private void commit(Batches made) {
        assertThat(ledger.commit(epoch, made.take())).isEqualTo(new CommitResult.Committed());
    }

    private static List<Long> ids(List<Order> orders) {
        return orders.stream().map(order -> order.id().value()).toList();
    }

    private static IntervalRow interval(long id, IntervalRow.State state, List<SnapshotPrice> snapshot) {
        return new IntervalRow(id, 2, AT, AT.plusSeconds(1), true, snapshot, state);
    }
}
