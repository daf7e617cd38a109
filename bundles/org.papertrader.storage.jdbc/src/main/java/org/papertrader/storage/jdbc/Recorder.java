package org.papertrader.storage.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Notes what transactions change, in the order of their commits, so that the same can be done elsewhere. Two that change
 * one row wait for each other's commit, so that order is also that of the changes. It stands between the stores and the
 * driver, not in the stores: none of them can forget to tell it.
 */
final class Recorder {
    private static final List<String> WRITING = List.of("INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE");

    private final Object commitLock = new Object();
    private final ChangeLog log;

    /** A recorded connection: is told the number that the database gave to the row inserted last. */
    interface Numbering {
        void numbered(long number);
    }

    Recorder(ChangeLog log) {
        this.log = log;
    }

    /** The connection for one transaction. */
    Connection record(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Recorder.class.getClassLoader(),
                new Class<?>[] {Connection.class, Numbering.class},
                new Transaction(connection));
    }

    private static boolean isWriting(String sql) {
        String upper = sql.stripLeading().toUpperCase(Locale.ROOT);
        return WRITING.stream().anyMatch(upper::startsWith);
    }

    private static @Nullable Object pass(Object target, Method method, @Nullable Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object made(Object target, Method method, @Nullable Object[] arguments) throws Throwable {
        return Objects.requireNonNull(pass(target, method, arguments), "no driver answers null");
    }

    private final class Transaction implements InvocationHandler {
        private final Connection connection;
        private final List<Change> changes = new ArrayList<>();

        Transaction(Connection connection) {
            this.connection = connection;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] arguments) throws Throwable {
            switch (method.getName()) {
                case "numbered" -> numbered((Long) arguments[0]);
                case "commit" -> commit();
                case "rollback" -> {
                    changes.clear();
                    connection.rollback();
                }
                case "prepareStatement" -> {
                    PreparedStatement statement = (PreparedStatement) made(connection, method, arguments);
                    String sql = (String) arguments[0];
                    return isWriting(sql) ? recorded(statement, sql) : statement;
                }
                case "createStatement" -> {
                    return guarded((Statement) made(connection, method, arguments));
                }
                default -> {
                    return pass(connection, method, arguments);
                }
            }
            return null;
        }

        private void commit() throws SQLException {
            if (changes.isEmpty()) {
                connection.commit();
                return;
            }
            synchronized (commitLock) {
                try {
                    connection.commit();
                } catch (SQLException | RuntimeException | Error e) {
                    // Memory that ran out included: it may be committed all the same.
                    log.miss(e);
                    throw e;
                }
                log.append(changes);
            }
            changes.clear();
            log.slowDown();
        }

        /** The row that was inserted last gets the same number elsewhere. */
        private void numbered(long number) {
            Change last = changes.remove(changes.size() - 1);
            List<@Nullable Object[]> rows = new ArrayList<>();
            for (Object[] row : last.rows()) {
                @Nullable Object[] longer = new @Nullable Object[row.length + 1];
                longer[0] = number;
                System.arraycopy(row, 0, longer, 1, row.length);
                rows.add(longer);
            }
            String sql = last.sql().replaceFirst("\\(", "(id, ").replaceFirst("VALUES \\(", "VALUES (?, ");
            changes.add(new Change(sql, rows, last.counts()));
        }

        private PreparedStatement recorded(PreparedStatement statement, String sql) {
            return (PreparedStatement) Proxy.newProxyInstance(
                    Recorder.class.getClassLoader(),
                    new Class<?>[] {PreparedStatement.class},
                    new Recorded(statement, sql, changes));
        }

        /** A change by a plain statement would not be recorded, and so must not happen. */
        private Statement guarded(Statement statement) {
            return (Statement) Proxy.newProxyInstance(
                    Recorder.class.getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                        if (arguments != null && arguments[0] instanceof String sql && isWriting(sql)) {
                            throw new SQLException("only prepared statements change rows: " + sql);
                        }
                        return pass(statement, method, arguments);
                    });
        }
    }

    private static final class Recorded implements InvocationHandler {
        private final PreparedStatement statement;
        private final String sql;
        private final List<Change> changes;
        private @Nullable Object[] row = new @Nullable Object[0];
        private List<@Nullable Object[]> batch = new ArrayList<>();

        Recorded(PreparedStatement statement, String sql, List<Change> changes) {
            this.statement = statement;
            this.sql = sql;
            this.changes = changes;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] arguments) throws Throwable {
            Object result = pass(statement, method, arguments);
            switch (method.getName()) {
                case "setLong", "setBoolean", "setString", "setBytes" -> set((Integer) arguments[0], arguments[1]);
                case "setNull" -> set((Integer) arguments[0], null);
                case "addBatch" -> batch.add(row.clone());
                case "executeUpdate" ->
                    changes.add(new Change(sql, Collections.singletonList(row.clone()), new int[] {(Integer) result}));
                case "executeBatch" -> {
                    changes.add(new Change(sql, batch, counts(result)));
                    batch = new ArrayList<>();
                }
                case "getGeneratedKeys", "close" -> {}
                default -> throw new SQLException("what " + method.getName() + " changes is not recorded");
            }
            return result;
        }

        private static int[] counts(@Nullable Object result) {
            return result instanceof int[] counts ? counts : new int[0];
        }

        private void set(int index, @Nullable Object value) {
            if (row.length < index) {
                row = Arrays.copyOf(row, index);
            }
            row[index - 1] = value;
        }
    }
}
