package org.papertrader.storage.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.AccountId;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.Transaction;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.CommitResult;
import org.papertrader.storage.api.LedgerBatch;
import org.papertrader.storage.api.LedgerBatch.IntervalRow;
import org.papertrader.storage.api.LedgerCheck;
import org.papertrader.storage.api.LedgerState;
import org.papertrader.storage.api.LedgerStore;

/** The ledger in tables. The head row carries the epoch; every commit changes it, on the condition that it is its own. */
final class JdbcLedgerStore implements LedgerStore {
    private final Database database;
    private final BatchWriter writer;
    private final Folder folder;

    JdbcLedgerStore(Database database, Folder folder) {
        this.database = database;
        this.writer = new BatchWriter(database.dialect());
        this.folder = folder;
    }

    @Override
    public long takeEpoch() {
        long epoch = database.write("take the writer's epoch", connection -> {
            if (Sql.update(connection, "UPDATE ledger_head SET epoch = epoch + 1 WHERE id = 1", Sql.Binder.NONE) != 1) {
                throw new SQLException("the ledger has no head row");
            }
            return LedgerReader.head(connection).epoch();
        });
        database.sync();
        return epoch;
    }

    @Override
    public LedgerState load() {
        folder.foldAll();
        return database.read("load the ledger", LedgerReader::load);
    }

    @Override
    public CommitResult commit(long epoch, LedgerBatch batch) {
        folder.makeRoom();
        CommitResult result =
                database.write("commit to the ledger", connection -> writer.write(connection, epoch, batch));
        if (result instanceof CommitResult.Committed) {
            folder.added(batch.cash().size() + batch.positions().size());
        }
        return result;
    }

    @Override
    public void sync() {
        database.sync();
    }

    @Override
    public long syncs() {
        return database.syncs();
    }

    @Override
    public Optional<Order> order(AccountId account, OrderId id) {
        return database.read(
                "find an order",
                connection -> Sql.first(
                        connection,
                        "SELECT " + OrderRows.ALL + " FROM " + OrderRows.WITH_ENDS
                                + " WHERE o.id = ? AND o.account = ?",
                        p -> p.add(id.value()).add(account.value()),
                        OrderRows::order));
    }

    @Override
    public List<Order> endedOrders(AccountId account, @Nullable OrderId before, int limit) {
        int rows = Sql.rows(limit);
        return database.read(
                "list orders that ended",
                connection -> Sql.list(
                        connection,
                        "SELECT " + OrderRows.ALL + " FROM ledger_history h JOIN accepted_order o ON o.id = h.order_id"
                                + " WHERE h.account = ? AND h.order_id < ?"
                                + " ORDER BY h.account DESC, h.order_id DESC LIMIT ?",
                        p -> p.add(account.value())
                                .add(before == null ? Long.MAX_VALUE : before.value())
                                .add(rows),
                        OrderRows::order));
    }

    @Override
    public List<Transaction> transactions(AccountId account, long after, int limit) {
        int rows = Sql.rows(limit);
        return database.read(
                "read a history",
                connection -> Sql.list(
                        connection,
                        "SELECT " + HistoryRows.TRANSACTION + " FROM ledger_history WHERE account = ? AND id > ?"
                                + " ORDER BY account, id LIMIT ?",
                        p -> p.add(account.value()).add(after).add(rows),
                        HistoryRows::transaction));
    }

    @Override
    public Optional<AccountId> account(UserName userName) {
        return database.read(
                "find an account",
                connection -> Sql.first(
                        connection,
                        "SELECT id FROM account WHERE user_key = ?",
                        p -> p.add(userName.key()),
                        row -> new AccountId(row.number())));
    }

    @Override
    public LedgerCheck verify() {
        return new LedgerVerifier(database).verify();
    }

    @Override
    public List<IntervalRow> unsettledIntervals() {
        return database.read("list unsettled intervals", IntervalTable::unsettled);
    }
}
