package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.papertrader.model.AccountId;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.LedgerBatch.CashRow;
import org.papertrader.storage.api.LedgerBatch.PositionRow;
import org.papertrader.storage.api.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps commits cheap: they only append what changed of cash, positions and the numbers of open orders, and this writes
 * the newest state of each row into the tables later, once for many commits. Only {@link LedgerReader#load} reads those
 * tables, after a fold. Who folds holds the row of {@code ledger_fold}, so two stores on one database take turns.
 */
final class Folder implements AutoCloseable {
    /** Appended rows after which the background begins to fold. */
    static final int ROWS_BEFORE_FOLD = 150_000;
    /** Commits after which it does, however small they were. */
    static final int COMMITS_BEFORE_FOLD = 1_000;
    /** Appended rows at which commits fold themselves, because the background does not keep up. */
    private static final int ROWS_MAX = 500_000;

    private static final int DELTAS_PER_FOLD = 500;
    private static final int BYTES_PER_FOLD = 100_000;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(20);
    private static final Logger LOG = LoggerFactory.getLogger(Folder.class);

    private final Database database;
    private final Bulk<CashRow> cash;
    private final Bulk<PositionRow> positions;
    private final Bulk<Long> opened;
    private final Bulk<Long> ended;
    private final ThreadPoolExecutor thread;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicInteger rows = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();
    private volatile boolean closing;

    Folder(Database database) {
        this.database = database;
        Dialect dialect = database.dialect();
        cash = new Bulk<>(
                dialect.upsert(
                        "ledger_cash", List.of("account"), List.of("account", "cash", "version", "last_history")),
                dialect.rowsPerStatement(),
                (p, row) -> p.add(row.account().value())
                        .add(row.cash().mantissa())
                        .add(row.version())
                        .add(row.lastHistoryId()));
        positions = new Bulk<>(
                dialect.upsert(
                        "ledger_position",
                        List.of("account", "symbol"),
                        List.of("account", "symbol", "quantity", "cost_basis", "realised_profit")),
                dialect.rowsPerStatement(),
                (p, row) -> p.add(row.account().value())
                        .add(row.symbol().value())
                        .add(row.quantity().mantissa())
                        .add(row.costBasis().mantissa())
                        .add(row.realisedProfit().mantissa()));
        opened = new Bulk<>(
                Dialect.RowStatement.insert("open_order", List.of("id")), dialect.rowsPerStatement(), Parameters::add);
        ended = new Bulk<>(
                new Dialect.RowStatement("DELETE FROM open_order WHERE id IN (", 1, ")"),
                dialect.rowsPerStatement(),
                Parameters::add);
        thread = new ThreadPoolExecutor(
                1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1), task -> new Thread(task, "storage-fold"));
        thread.allowCoreThreadTimeOut(true);
    }

    /** Called before a commit: waits for a fold when far too much is unfolded. */
    void makeRoom() {
        if (rows.get() > ROWS_MAX) {
            foldAll();
        }
    }

    /** Called after a commit that appended so many rows. */
    void added(int count) {
        int unfoldedRows = rows.addAndGet(count);
        int unfoldedCommits = commits.incrementAndGet();
        if ((unfoldedRows >= ROWS_BEFORE_FOLD || unfoldedCommits >= COMMITS_BEFORE_FOLD)
                && scheduled.compareAndSet(false, true)) {
            try {
                thread.execute(this::inBackground);
            } catch (RejectedExecutionException e) {
                // Closed meanwhile. The commit stands, and who opens the database next folds.
                scheduled.set(false);
            }
        }
    }

    /** Folds until nothing is left of what was committed before the call. */
    void foldAll() {
        boolean more = true;
        while (more) {
            more = foldSome();
        }
    }

    /** True when there may be more. */
    private boolean foldSome() {
        rows.set(0);
        commits.set(0);
        return database.write("fold the ledger's changes", this::fold);
    }

    /** Waits for the transaction of a fold that runs, and never interrupts it. The rest is left to the next load. */
    @Override
    public void close() {
        closing = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("Changes of the ledger are still being folded.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void inBackground() {
        scheduled.set(false);
        try {
            boolean more = true;
            while (more && !closing) {
                more = foldSome();
            }
        } catch (StorageException e) {
            // Nothing is lost: the changes stay appended, and the next fold or load takes them.
            LOG.warn("Changes of the ledger could not be folded; it is tried again later.", e);
        }
    }

    /** True when there may be more. */
    private boolean fold(Connection connection) throws SQLException {
        Sql.update(connection, "UPDATE ledger_fold SET folds = folds + 1 WHERE id = 1", Sql.Binder.NONE);
        // Read after the lock was taken: what another folder did while this one waited is visible.
        List<Size> sizes = Sql.list(
                connection,
                "SELECT id, OCTET_LENGTH(content) FROM ledger_delta ORDER BY id LIMIT " + DELTAS_PER_FOLD,
                Sql.Binder.NONE,
                row -> new Size(row.number(), row.number()));
        if (sizes.isEmpty()) {
            return false;
        }
        int count = fitting(sizes);
        long last = sizes.get(count - 1).id();
        LedgerChanges changes = new LedgerChanges();
        for (byte[] content : Sql.list(
                connection,
                "SELECT content FROM ledger_delta WHERE id <= ? ORDER BY id",
                p -> p.add(last),
                Row::bytes)) {
            DeltaCodec.decode(content, changes);
        }
        cash.write(connection, newestCash(changes.cash()));
        positions.write(connection, newestPositions(changes.positions()));
        opened.write(connection, changes.opened());
        ended.write(connection, changes.ended());
        Sql.update(connection, "DELETE FROM ledger_delta WHERE id <= ?", p -> p.add(last));
        return count < sizes.size() || sizes.size() == DELTAS_PER_FOLD;
    }

    /** How many of the first ones one transaction folds: all others that write wait for it. */
    private static int fitting(List<Size> sizes) {
        long bytes = 0;
        int count = 0;
        while (count < sizes.size() && (count == 0 || bytes + sizes.get(count).bytes() <= BYTES_PER_FOLD)) {
            bytes += sizes.get(count).bytes();
            count++;
        }
        return count;
    }

    private static List<CashRow> newestCash(List<CashRow> rows) {
        Map<AccountId, CashRow> newest = new LinkedHashMap<>();
        rows.forEach(row -> newest.put(row.account(), row));
        return newest.values().stream()
                .sorted(Comparator.comparing(CashRow::account))
                .toList();
    }

    private static List<PositionRow> newestPositions(List<PositionRow> rows) {
        Map<Key, PositionRow> newest = new LinkedHashMap<>();
        rows.forEach(row -> newest.put(new Key(row.account(), row.symbol()), row));
        return newest.values().stream()
                .sorted(Comparator.comparing(PositionRow::account).thenComparing(PositionRow::symbol))
                .toList();
    }

    private record Size(long id, long bytes) {}

    private record Key(AccountId account, Symbol symbol) {}
}
