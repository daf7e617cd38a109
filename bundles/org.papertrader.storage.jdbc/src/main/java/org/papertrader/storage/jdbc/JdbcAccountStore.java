package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.AccountId;
import org.papertrader.model.Email;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.AccountStore;

/** Accounts in one table; unique keys on the lower-case name and address decide between two at once. */
final class JdbcAccountStore implements AccountStore {
    private static final String SELECT =
            "SELECT id, user_name, email, pass_hash, registered, locked, locked_at, lock_reason FROM account WHERE ";

    /** Behind every character that a name has. */
    private static final String LAST = "~";

    private static final List<String> COLUMNS =
            List.of("user_name", "user_key", "email", "email_key", "pass_hash", "registered", "locked");

    private final Database database;

    JdbcAccountStore(Database database) {
        this.database = database;
    }

    @Override
    public Added add(NewAccount account) {
        Added added = database.write("add an account", connection -> {
            try {
                return new Added.Ok(new AccountId(insert(connection, account)));
            } catch (SQLException e) {
                if (!database.dialect().isDuplicateKey(e)) {
                    throw e;
                }
                connection.rollback();
                return taken(connection, account);
            }
        });
        if (added instanceof Added.Ok) {
            database.sync();
        }
        return added;
    }

    @Override
    public Optional<StoredAccount> find(UserName userName) {
        return database.read(
                "find an account",
                connection -> Sql.first(
                        connection, SELECT + "user_key = ?", p -> p.add(userName.key()), JdbcAccountStore::account));
    }

    @Override
    public Optional<StoredAccount> find(AccountId id) {
        return database.read(
                "find an account",
                connection ->
                        Sql.first(connection, SELECT + "id = ?", p -> p.add(id.value()), JdbcAccountStore::account));
    }

    @Override
    public boolean replacePassHash(AccountId id, String expected, String passHash) {
        return changed(
                "replace a password hash",
                "UPDATE account SET pass_hash = ? WHERE id = ? AND pass_hash = ?",
                p -> p.add(passHash).add(id.value()).add(expected));
    }

    @Override
    public long count() {
        return database.read("count accounts", connection -> Sql.list(
                        connection, "SELECT COUNT(*) FROM account", Sql.Binder.NONE, Row::number)
                .get(0));
    }

    @Override
    public List<StoredAccount> list(Selection selection, int limit) {
        String prefix = selection.prefix().toLowerCase(Locale.ROOT);
        UserName after = selection.after();
        String from = after == null || after.key().compareTo(prefix) < 0 ? prefix : after.key();
        String sql = SELECT + "user_key >= ? AND user_key < ? AND user_key <> ?"
                + (selection.onlyLocked() ? " AND locked = ?" : "") + " ORDER BY user_key LIMIT " + Sql.rows(limit);
        return database.read(
                "list accounts",
                connection -> Sql.list(
                        connection,
                        sql,
                        p -> {
                            p.add(from).add(prefix + LAST).add(after == null ? "" : after.key());
                            if (selection.onlyLocked()) {
                                p.add(true);
                            }
                        },
                        JdbcAccountStore::account));
    }

    @Override
    public boolean lock(AccountId id, Lock lock) {
        return changed(
                "lock an account",
                "UPDATE account SET locked = ?, locked_at = ?, lock_reason = ? WHERE id = ?",
                p -> p.add(true).addNullable(lock.since()).add(lock.reason()).add(id.value()));
    }

    @Override
    public boolean unlock(AccountId id) {
        return changed(
                "unlock an account",
                "UPDATE account SET locked = ?, locked_at = NULL, lock_reason = NULL WHERE id = ? AND locked = ?",
                p -> p.add(false).add(id.value()).add(true));
    }

    private boolean changed(String what, String sql, Sql.Binder binder) {
        int changed = database.write(what, connection -> Sql.update(connection, sql, binder));
        if (changed > 0) {
            database.sync();
        }
        return changed > 0;
    }

    private static long insert(Connection connection, NewAccount account) throws SQLException {
        return Sql.insertNumbered(
                connection, "account", COLUMNS, p -> p.add(account.userName().value())
                        .add(account.userName().key())
                        .add(account.email().value())
                        .add(account.email().key())
                        .addNullable(account.passHash())
                        .add(account.registered())
                        .add(false));
    }

    private static Added taken(Connection connection, NewAccount account) throws SQLException {
        boolean byName = Sql.first(
                        connection,
                        "SELECT 1 FROM account WHERE user_key = ?",
                        p -> p.add(account.userName().key()),
                        Row::small)
                .isPresent();
        return byName ? new Added.UserNameTaken() : new Added.EmailTaken();
    }

    private static StoredAccount account(Row row) throws SQLException {
        return new StoredAccount(
                new AccountId(row.number()),
                new UserName(row.text()),
                new Email(row.text()),
                row.textOrNull(),
                row.instant(),
                lock(row));
    }

    private static @Nullable Lock lock(Row row) throws SQLException {
        boolean locked = row.flag();
        Instant since = row.instantOrNull();
        String reason = row.textOrNull();
        return locked ? new Lock(since, reason == null ? "" : reason) : null;
    }
}
