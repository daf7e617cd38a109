package org.papertrader.storage.jdbc;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.papertrader.model.AccountId;
import org.papertrader.model.Asset;
import org.papertrader.model.Bar;
import org.papertrader.model.Email;
import org.papertrader.model.Price;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.model.Volume;
import org.papertrader.storage.api.AccountStore.Added;
import org.papertrader.storage.api.AccountStore.NewAccount;
import org.papertrader.storage.api.CommitResult;
import org.papertrader.storage.api.LedgerBatch.IntervalRow;
import org.papertrader.storage.api.LedgerBatch.SnapshotPrice;
import org.papertrader.storage.api.LedgerBatch.Waiting;
import org.papertrader.storage.api.MarketStore.BarResolution;
import org.papertrader.storage.api.MarketStore.StoredBar;
import org.papertrader.storage.api.MarketStore.StoredListing;
import org.papertrader.storage.api.SessionHash;
import org.papertrader.storage.api.SessionStore.StoredSession;
import org.papertrader.storage.api.SessionStore.Touch;
import org.papertrader.storage.api.WorkerStore.StoredKey;
import org.papertrader.storage.api.WorkerStore.StoredWorker;

/** Writes to every store in every way: adds, changes, and takes out what the round before had added. */
final class EveryStore {
    private static final Instant AT = Batches.AT;

    private final JdbcStorage storage;
    private final Batches batches = new Batches();
    private final long epoch;
    private long order;
    private long round;

    EveryStore(JdbcStorage storage) {
        this.storage = storage;
        this.epoch = storage.ledger().takeEpoch();
    }

    /** The number of the last order that was committed. */
    long lastOrder() {
        return order;
    }

    long rounds() {
        return round;
    }

    /** So many rounds. */
    void rounds(int rounds) {
        for (int i = 0; i < rounds; i++) {
            round();
        }
    }

    void round() {
        round++;
        accounts();
        sessions();
        workers();
        market();
        ledger();
    }

    /** Goes on with orders only. */
    void ledger() {
        long open = ++order;
        long filled = ++order;
        Symbol symbol = Batches.SYMBOL;
        commit(batches.open(open, 1).open(filled, 2));
        commit(batches.fill(filled, 2, filled / 2)
                .wait(new Waiting(open, new Refusal(ReasonCode.BUSY, "round " + round)))
                .interval(new IntervalRow(
                        filled,
                        filled,
                        AT,
                        AT,
                        true,
                        List.of(new SnapshotPrice(symbol, Price.parse("10"), AT, "replay")),
                        IntervalRow.State.SETTLING)));
        // One that came before is refused, and leaves nothing.
        CommitResult twice = storage.ledger()
                .commit(
                        epoch,
                        new Batches()
                                .open(Batches.row(order + 1, 1, "c" + open))
                                .take());
        if (!(twice instanceof CommitResult.DuplicateOrder)) {
            throw new IllegalStateException("taken twice: " + twice);
        }
    }

    private void commit(Batches batch) {
        CommitResult result = storage.ledger().commit(epoch, batch.take());
        if (!(result instanceof CommitResult.Committed)) {
            throw new IllegalStateException("not committed: " + result);
        }
    }

    private void accounts() {
        add("user" + round);
        // One that is refused takes a number all the same.
        add("user" + round);
        Added added = add("again" + round);
        if (added instanceof Added.Ok ok) {
            storage.accounts().replacePassHash(ok.id(), "$argon2id$hash", "$argon2id$round" + round);
        }
    }

    private Added add(String name) {
        return storage.accounts()
                .add(new NewAccount(new UserName(name), new Email(name + "@example.org"), "$argon2id$hash", AT));
    }

    private void sessions() {
        storage.sessions().add(session(2 * round));
        storage.sessions().add(session(2 * round + 1));
        storage.sessions().touch(List.of(new Touch(hash(2 * round), AT.plusSeconds(round), AT.plusSeconds(round + 1))));
        storage.sessions().remove(List.of(hash(2 * round - 1)));
        storage.sessions().removeExpired(AT.plusSeconds(round));
    }

    private void workers() {
        UUID one = new UUID(0, 1);
        List<StoredKey> keys = List.of(new StoredKey("AB" + round, "armored " + round, AT));
        storage.workers().put(new StoredWorker(one, "one", "eu", "192.0.2.1", true, AT, null, keys));
        storage.workers().put(new StoredWorker(new UUID(1, round), "w" + round, "eu", "", true, AT, null, List.of()));
        storage.workers().seen(one, AT.plusSeconds(round));
        storage.workers().remove(new UUID(1, round - 1));
    }

    private void market() {
        Symbol symbol = new Symbol("S" + round % 3);
        Bar bar = new Bar(
                AT,
                AT.plusSeconds(round),
                Price.parse("1"),
                Price.parse("2"),
                Price.parse("1"),
                Price.parse("2"),
                new Volume(round, 0));
        storage.market().putListings(List.of(new StoredListing(symbol, "name " + round, "stock", "replay")));
        storage.market()
                .putBars(List.of(
                        new StoredBar(symbol, BarResolution.DAY, bar, "replay"),
                        new StoredBar(symbol, BarResolution.MINUTE, bar, "old" + round % 2)));
        storage.market().putCurrent(List.of(new Asset(symbol, bar, "replay")));
        storage.market().putState("state." + round, "text of " + round);
        storage.market().putState("clock", "round " + round);
        storage.market().dropValues("old" + (round + 1) % 2, null);
        storage.market().dropStates("state." + (round - 1));
    }

    private static StoredSession session(long number) {
        return new StoredSession(
                hash(number),
                new AccountId(1),
                new UserName("ann"),
                AT,
                AT,
                AT.plusSeconds(number),
                true,
                InetAddress.getLoopbackAddress());
    }

    private static SessionHash hash(long number) {
        return new SessionHash(String.format("%064x", number));
    }
}
