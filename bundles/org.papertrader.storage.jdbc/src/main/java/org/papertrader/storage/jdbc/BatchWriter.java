package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import org.papertrader.model.OrderId;
import org.papertrader.storage.api.CommitResult;
import org.papertrader.storage.api.LedgerBatch;
import org.papertrader.storage.api.LedgerBatch.HistoryRow;
import org.papertrader.storage.api.LedgerBatch.HoldRow;
import org.papertrader.storage.api.LedgerBatch.OrderRow;
import org.papertrader.storage.api.LedgerBatch.PostingSet;
import org.papertrader.storage.api.LedgerBatch.Waiting;

/** Writes one batch within the caller's transaction. */
final class BatchWriter {
    private static final String FENCE = "UPDATE ledger_head SET commits = commits + 1 WHERE id = 1 AND epoch = ?";
    private static final String MOVE_HEAD =
            "UPDATE ledger_head SET commits = commits + 1, last_set = ?, last_hash = ?" + " WHERE id = 1 AND epoch = ?";
    private static final String LAST_ORDER = "SELECT COALESCE(MAX(id), 0) FROM accepted_order";
    private static final String HAS_ENDED = "SELECT 1 FROM ledger_history WHERE account = ? AND order_id = ?";
    private static final String ADD_DELTA = "INSERT INTO ledger_delta (content) VALUES (?)";
    private static final String WAIT = "UPDATE accepted_order SET reason_code = ?, reason_text = ? WHERE id = ?"
            + " AND NOT EXISTS (SELECT 1 FROM ledger_history h"
            + " WHERE h.account = accepted_order.account AND h.order_id = accepted_order.id)";

    private final Dialect dialect;
    private final Bulk<OrderRow> orders;
    private final Bulk<HistoryRow> history;
    private final Bulk<PostingPage> postingPages;
    private final IntervalTable intervals;

    BatchWriter(Dialect dialect) {
        this.dialect = dialect;
        int rows = dialect.rowsPerStatement();
        orders = new Bulk<>(Dialect.RowStatement.insert("accepted_order", OrderRows.COLUMNS), rows, OrderRows::bind);
        history =
                new Bulk<>(Dialect.RowStatement.insert("ledger_history", HistoryRows.COLUMNS), rows, HistoryRows::bind);
        postingPages = new Bulk<>(
                Dialect.RowStatement.insert("ledger_posting_page", List.of("id", "content")),
                rows,
                (p, page) -> p.add(page.first()).add(page.content()));
        intervals = new IntervalTable(dialect);
    }

    /** Nothing is left in the transaction unless the result is {@link CommitResult.Committed}. */
    CommitResult write(Connection connection, long epoch, LedgerBatch batch) throws SQLException {
        // First of all: the head's row stays locked until the commit, so a new epoch waits for this batch.
        if (!holdsHead(connection, epoch, batch.postingSets())) {
            return new CommitResult.Fenced();
        }
        try {
            orders.write(connection, batch.newOrders());
        } catch (SQLException e) {
            if (!dialect.isDuplicateKey(e)) {
                throw e;
            }
            connection.rollback();
            requireNewNumbers(connection, batch.newOrders(), e);
            return new CommitResult.DuplicateOrder();
        }
        noteWaiting(connection, batch.waiting());
        addHistory(connection, batch.history());
        postingPages.write(connection, PostingPage.encode(batch.postingSets()));
        for (byte[] delta : DeltaCodec.encode(batch)) {
            Sql.update(connection, ADD_DELTA, p -> p.add(delta));
        }
        if (batch.interval() != null) {
            intervals.put(connection, batch.interval());
        }
        for (HoldRow hold : batch.holds()) {
            HoldTable.put(connection, hold);
        }
        return new CommitResult.Committed();
    }

    private static boolean holdsHead(Connection connection, long epoch, List<PostingSet> sets) throws SQLException {
        if (sets.isEmpty()) {
            return Sql.update(connection, FENCE, p -> p.add(epoch)) == 1;
        }
        PostingSet last = sets.get(sets.size() - 1);
        return Sql.update(connection, MOVE_HEAD, p -> p.add(last.id())
                        .add(last.hash())
                        .add(epoch))
                == 1;
    }

    /** A number given twice is the writer's fault and not an order that came twice. */
    private static void requireNewNumbers(Connection connection, List<OrderRow> orders, SQLException violation)
            throws SQLException {
        long last = lastOrder(connection);
        long first =
                orders.stream().mapToLong(row -> row.order().id().value()).min().orElseThrow();
        if (first <= last) {
            throw new SQLException("order number " + first + " was given before; the last is " + last, violation);
        }
    }

    /** Adds the lines, each the end of its order: the index by orders does not take a second end. */
    private void addHistory(Connection connection, List<HistoryRow> lines) throws SQLException {
        requireAccepted(connection, lines);
        try {
            history.write(connection, sorted(lines, Comparator.comparing(HistoryRow::account)));
        } catch (SQLException e) {
            if (dialect.isDuplicateKey(e)) {
                connection.rollback();
                requireOpen(connection, lines, e);
            }
            throw e;
        }
    }

    private static void requireAccepted(Connection connection, List<HistoryRow> lines) throws SQLException {
        long highest = 0;
        for (HistoryRow line : lines) {
            OrderId order = line.transaction().order();
            highest = order == null ? highest : Math.max(highest, order.value());
        }
        if (highest > 0 && highest > lastOrder(connection)) {
            throw new SQLException("order " + highest + " was never accepted");
        }
    }

    private static void requireOpen(Connection connection, List<HistoryRow> lines, SQLException violation)
            throws SQLException {
        for (HistoryRow line : lines) {
            OrderId order = line.transaction().order();
            if (order != null
                    && Sql.first(
                                    connection,
                                    HAS_ENDED,
                                    p -> p.add(line.account().value()).add(order.value()),
                                    Row::number)
                            .isPresent()) {
                throw new SQLException("order " + order + " is not open in the database", violation);
            }
        }
    }

    private static long lastOrder(Connection connection) throws SQLException {
        return Sql.list(connection, LAST_ORDER, Sql.Binder.NONE, Row::number).get(0);
    }

    private static void noteWaiting(Connection connection, List<Waiting> waiting) throws SQLException {
        int[] changed = Sql.updateEach(connection, WAIT, waiting, (p, row) -> p.addNullable(Codes.code(row.reason()))
                .addNullable(Codes.text(row.reason()))
                .add(row.orderId()));
        for (int i = 0; i < changed.length; i++) {
            if (changed[i] != 1) {
                throw new SQLException("order " + waiting.get(i).orderId() + " is not open in the database");
            }
        }
    }

    /** By key: neighbours in an index are written together. The order within an account stays as it is. */
    private static <T> List<T> sorted(List<T> rows, Comparator<T> order) {
        return rows.stream().sorted(order).toList();
    }
}
