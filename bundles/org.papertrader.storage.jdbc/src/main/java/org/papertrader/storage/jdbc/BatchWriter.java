package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.papertrader.model.OrderStatus;
import org.papertrader.storage.api.CommitResult;
import org.papertrader.storage.api.LedgerBatch;
import org.papertrader.storage.api.LedgerBatch.HistoryRow;
import org.papertrader.storage.api.LedgerBatch.OrderEnd;
import org.papertrader.storage.api.LedgerBatch.OrderRow;
import org.papertrader.storage.api.LedgerBatch.PostingSet;
import org.papertrader.storage.api.LedgerBatch.Waiting;

/** Writes one batch within the caller's transaction. */
final class BatchWriter {
    private static final String FENCE = "UPDATE ledger_head SET commits = commits + 1 WHERE id = 1 AND epoch = ?";
    private static final String MOVE_HEAD =
            "UPDATE ledger_head SET commits = commits + 1, last_set = ?, last_hash = ?" + " WHERE id = 1 AND epoch = ?";
    private static final String END_ORDER = "UPDATE trade_order SET status = ?, reserved = ?, reason_code = ?,"
            + " reason_text = ?, closed_at = ? WHERE id = ? AND status = " + Codes.OPEN;
    private static final String CLOSE_ORDER = "DELETE FROM open_order WHERE id = ?";
    private static final String ADD_DELTA = "INSERT INTO ledger_delta (content) VALUES (?)";
    private static final String WAIT =
            "UPDATE trade_order SET reason_code = ?, reason_text = ? WHERE id = ? AND status = " + Codes.OPEN;

    private final Dialect dialect;
    private final Bulk<OrderRow> orders;
    private final Bulk<HistoryRow> history;
    private final Bulk<PostingSet> postingSets;
    private final Bulk<OrderRow> opened;
    private final IntervalTable intervals;

    BatchWriter(Dialect dialect) {
        this.dialect = dialect;
        int rows = dialect.rowsPerStatement();
        orders = new Bulk<>(
                Dialect.RowStatement.insert(
                        "trade_order", with(OrderRows.ORDER_COLUMNS, "worker", "worker_sequence", "corrected")),
                rows,
                OrderRows::bind);
        history = new Bulk<>(
                Dialect.RowStatement.insert(
                        "ledger_history", with(List.of("account"), HistoryRows.TRANSACTION_COLUMNS)),
                rows,
                HistoryRows::bind);
        postingSets = new Bulk<>(
                Dialect.RowStatement.insert(
                        "ledger_posting_set", List.of("id", "order_id", "posted_at", "postings", "hash")),
                rows,
                (p, set) -> p.add(set.id())
                        .add(set.orderId())
                        .add(set.at())
                        .add(PostingCodec.encode(set.postings()))
                        .add(set.hash()));
        opened = new Bulk<>(
                Dialect.RowStatement.insert("open_order", List.of("id")),
                rows,
                (p, row) -> p.add(row.order().id().value()));
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
        opened.write(
                connection,
                batch.newOrders().stream()
                        .filter(row -> row.order().status() == OrderStatus.OPEN)
                        .toList());
        endOrders(connection, batch.orderEnds());
        noteWaiting(connection, batch.waiting());
        history.write(connection, sorted(batch.history(), Comparator.comparing(HistoryRow::account)));
        postingSets.write(connection, batch.postingSets());
        for (byte[] delta : DeltaCodec.encode(batch.cash(), batch.positions())) {
            Sql.update(connection, ADD_DELTA, p -> p.add(delta));
        }
        if (batch.interval() != null) {
            intervals.put(connection, batch.interval());
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
        long last = Sql.list(connection, "SELECT COALESCE(MAX(id), 0) FROM trade_order", Sql.Binder.NONE, Row::number)
                .get(0);
        long first =
                orders.stream().mapToLong(row -> row.order().id().value()).min().orElseThrow();
        if (first <= last) {
            throw new SQLException("order number " + first + " was given before; the last is " + last, violation);
        }
    }

    private static void endOrders(Connection connection, List<OrderEnd> ends) throws SQLException {
        int[] changed = Sql.updateEach(connection, END_ORDER, ends, (p, end) -> p.add(
                        Codes.of(end.order().status()))
                .add(end.order().reserved().mantissa())
                .addNullable(Codes.code(end.order().reason()))
                .addNullable(Codes.text(end.order().reason()))
                .addNullable(end.order().closedAt())
                .add(end.order().id().value()));
        for (int i = 0; i < changed.length; i++) {
            requireOpen(changed[i], ends.get(i).order().id().value());
        }
        Sql.updateEach(
                connection,
                CLOSE_ORDER,
                ends,
                (p, end) -> p.add(end.order().id().value()));
    }

    private static void noteWaiting(Connection connection, List<Waiting> waiting) throws SQLException {
        int[] changed = Sql.updateEach(connection, WAIT, waiting, (p, row) -> p.addNullable(Codes.code(row.reason()))
                .addNullable(Codes.text(row.reason()))
                .add(row.orderId()));
        for (int i = 0; i < changed.length; i++) {
            requireOpen(changed[i], waiting.get(i).orderId());
        }
    }

    private static void requireOpen(int changed, long order) throws SQLException {
        if (changed != 1) {
            throw new SQLException("order " + order + " is not open in the database");
        }
    }

    /** By key: neighbours in an index are written together. The order within an account stays as it is. */
    private static <T> List<T> sorted(List<T> rows, Comparator<T> order) {
        return rows.stream().sorted(order).toList();
    }

    private static List<String> with(List<String> first, String... more) {
        return with(first, List.of(more));
    }

    private static List<String> with(List<String> first, List<String> more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(more);
        return all;
    }
}
