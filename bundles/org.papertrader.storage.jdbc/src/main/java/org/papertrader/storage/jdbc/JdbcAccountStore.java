package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.papertrader.model.AccountId;
import org.papertrader.model.Email;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.AccountStore;

/** Accounts in one table; unique keys on the lower-case name and address decide between two at once. */
final class JdbcAccountStore implements AccountStore {
    private static final String SELECT =
            "SELECT id, user_name, email, pass_hash, registered, locked FROM account WHERE ";

    private static final List<String> COLUMNS =
            List.of("user_name", "user_key", "email", "email_key", "pass_hash", "registered", "locked");

    private final Database database;

    JdbcAccountStore(Database database) {
        this.database = database;
    }

    @Override
    public Added add(NewAccount account) {
        Added added = database.transaction("add an account", connection -> {
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
        return database.transaction(
                "find an account",
                connection -> Sql.first(
                        connection, SELECT + "user_key = ?", p -> p.add(userName.key()), JdbcAccountStore::account));
    }

    @Override
    public Optional<StoredAccount> find(AccountId id) {
        return database.transaction(
                "find an account",
                connection ->
                        Sql.first(connection, SELECT + "id = ?", p -> p.add(id.value()), JdbcAccountStore::account));
    }

    @Override
    public boolean replacePassHash(AccountId id, String expected, String passHash) {
        int changed = database.transaction(
                "replace a password hash",
                connection -> Sql.update(
                        connection,
                        "UPDATE account SET pass_hash = ? WHERE id = ? AND pass_hash = ?",
                        p -> p.add(passHash).add(id.value()).add(expected)));
        if (changed > 0) {
            database.sync();
        }
        return changed > 0;
    }

    @Override
    public long count() {
        return database.transaction("count accounts", connection -> Sql.list(
                        connection, "SELECT COUNT(*) FROM account", Sql.Binder.NONE, Row::number)
                .get(0));
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
                row.flag());
    }
}
