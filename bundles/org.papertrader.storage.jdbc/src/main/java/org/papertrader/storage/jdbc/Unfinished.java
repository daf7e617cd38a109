package org.papertrader.storage.jdbc;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.papertrader.storage.api.LedgerCheck;
import org.papertrader.storage.jdbc.MoveProgress.Step;

/** A database that is being made as the copy of another, and says so until it is finished. */
final class Unfinished implements AutoCloseable {
    private static final int ROWS_PER_COMMIT = 5_000;
    private static final List<String> NUMBERED = List.of("account", "ledger_delta");

    private final Database database;
    private final MoveTarget target;
    private final PlaceMark mark;
    private final MoveProgress progress;
    private final LedgerVerifier ledger;

    private Unfinished(Database database, MoveTarget target, PlaceMark mark, MoveProgress progress) {
        this.database = database;
        this.target = target;
        this.mark = mark;
        this.progress = progress;
        this.ledger = new LedgerVerifier(database);
    }

    /** Makes the tables, and notes that the rest is missing. */
    static Unfinished create(MoveTarget target, Dialect dialect, PlaceMark mark, Clock clock, MoveProgress progress) {
        Database database = new Database(target.source(), dialect, target.settings());
        boolean created = false;
        try {
            new Migrator(database, clock).migrate(mark);
            created = true;
            return new Unfinished(database, target, mark, progress);
        } finally {
            if (!created) {
                database.close();
            }
        }
    }

    PlaceMark mark() {
        return mark;
    }

    String place() {
        return target.place();
    }

    ConnectionPool pool() {
        return database.pool();
    }

    Connection connect() throws SQLException {
        return database.pool().connect();
    }

    /** Copies all rows that {@code from} shows. */
    void fill(Connection from, Connection to) throws SQLException, MoveException {
        progress.step(Step.COPYING);
        for (Table table : Table.all(from)) {
            // The tables of one row were made with one.
            Sql.update(to, "DELETE FROM " + table.name(), Sql.Binder.NONE);
            fill(table, from, to);
        }
    }

    private void fill(Table table, Connection from, Connection to) throws SQLException, MoveException {
        long all = table.count(from);
        List<@Nullable Object[]> rows = new ArrayList<>(ROWS_PER_COMMIT);
        long[] done = new long[1];
        Flush flush = () -> {
            StorageMove.requireWanted(progress);
            table.insert(to, database.dialect(), rows);
            to.commit();
            done[0] += rows.size();
            rows.clear();
            progress.rows(Step.COPYING, table.name(), done[0], Math.max(all, done[0]));
        };
        table.read(from, row -> {
            rows.add(row);
            if (rows.size() == ROWS_PER_COMMIT) {
                flush.run();
            }
        });
        flush.run();
    }

    /** Compares every row of both, and recomputes the ledger's running hash in the copy. */
    void compare(Connection from, Connection to) throws SQLException, MoveException {
        for (Table table : Table.all(from)) {
            long all = table.count(from);
            Table.Sum original = table.sum(from, rows -> checked(table, rows / 2, all));
            Table.Sum copied = table.sum(to, rows -> checked(table, (all + rows) / 2, all));
            if (!original.equals(copied)) {
                throw new MoveException("the copy of " + table.name() + " is not equal to the original: "
                        + copied.rows() + " of " + original.rows() + " rows, or other ones");
            }
            checked(table, all, all);
        }
        to.commit();
        requireIntact();
    }

    private void checked(Table table, long rows, long all) throws MoveException {
        StorageMove.requireWanted(progress);
        progress.rows(Step.CHECKING, table.name(), rows, all);
    }

    /** What can be compared in no time: the number of rows, the ledger's head, the hash of what is new in the ledger. */
    void compareEnds(Connection from, Connection to) throws SQLException, MoveException {
        for (Table table : Table.all(from)) {
            long original = table.count(from);
            long copied = table.count(to);
            if (original != copied) {
                throw new MoveException(
                        "the copy of " + table.name() + " has " + copied + " rows in place of " + original);
            }
        }
        LedgerReader.Head original = LedgerReader.head(from);
        LedgerReader.Head copied = LedgerReader.head(to);
        if (original.epoch() != copied.epoch()
                || original.lastSet() != copied.lastSet()
                || !MessageDigest.isEqual(original.lastHash(), copied.lastHash())) {
            throw new MoveException("the ledger of the copy ends elsewhere than that of the original");
        }
        requireIntact();
    }

    private void requireIntact() throws MoveException {
        LedgerCheck check = ledger.verify();
        if (!check.intact()) {
            throw new MoveException("the ledger of the copy is damaged: " + check.text());
        }
    }

    /** Puts all of it on disk, ready to be used but for its mark. */
    void complete(Connection to) throws SQLException {
        for (String table : NUMBERED) {
            long last = Sql.list(to, "SELECT COALESCE(MAX(id), 0) FROM " + table, Sql.Binder.NONE, Row::number)
                    .get(0);
            database.dialect().nextNumber(to, table, last + 1);
        }
        to.commit();
        database.dialect().force(to);
        to.commit();
    }

    /** Becomes a database like any other. */
    void finish(Connection to, PlaceMark as) throws SQLException {
        as.write(to);
        to.commit();
        database.dialect().force(to);
        to.commit();
    }

    @Override
    public void close() {
        database.close();
    }

    @FunctionalInterface
    private interface Flush {
        void run() throws SQLException, MoveException;
    }
}
