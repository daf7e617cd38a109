package org.papertrader.storage.jdbc;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.papertrader.model.AccountId;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.SessionHash;
import org.papertrader.storage.api.SessionStore;

/** Sessions in one table, by the bytes of their hash. */
final class JdbcSessionStore implements SessionStore {
    private static final int EXPIRED_MAX = 1_000;
    private static final int TOUCHES_PER_TRANSACTION = 1_000;
    private static final String COLUMNS =
            "hash, account, user_name, created, last_used, expires, expirable, client_address";

    private final Database database;

    JdbcSessionStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(StoredSession session) {
        database.write(
                "add a session",
                connection -> Sql.update(
                        connection,
                        "INSERT INTO user_session (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        p -> p.add(bytes(session.hash()))
                                .add(session.account().value())
                                .add(session.userName().value())
                                .add(session.created())
                                .add(session.lastUsed())
                                .add(session.expires())
                                .add(session.expirable())
                                .add(session.clientAddress().getAddress())));
    }

    @Override
    public Optional<StoredSession> find(SessionHash hash) {
        return database.read(
                "find a session",
                connection -> Sql.first(
                        connection,
                        "SELECT " + COLUMNS + " FROM user_session WHERE hash = ?",
                        p -> p.add(bytes(hash)),
                        JdbcSessionStore::session));
    }

    @Override
    public List<StoredSession> ofAccount(AccountId account) {
        return database.read(
                "list an account's sessions",
                connection -> Sql.list(
                        connection,
                        "SELECT " + COLUMNS + " FROM user_session WHERE account = ? ORDER BY created LIMIT "
                                + Sql.ROWS_MAX,
                        p -> p.add(account.value()),
                        JdbcSessionStore::session));
    }

    @Override
    public void touch(List<Touch> touches) {
        List<Touch> sorted = touches.stream().sorted(JdbcSessionStore::byHash).toList();
        // All others that write wait for each transaction.
        for (int from = 0; from < sorted.size(); from += TOUCHES_PER_TRANSACTION) {
            List<Touch> some = sorted.subList(from, Math.min(sorted.size(), from + TOUCHES_PER_TRANSACTION));
            database.write(
                    "note the use of sessions",
                    connection -> Sql.updateEach(
                            connection,
                            "UPDATE user_session SET last_used = ?, expires = ? WHERE hash = ?",
                            some,
                            (p, touch) ->
                                    p.add(touch.lastUsed()).add(touch.expires()).add(bytes(touch.hash()))));
        }
    }

    @Override
    public void remove(List<SessionHash> hashes) {
        database.write(
                "remove sessions",
                connection -> Sql.updateEach(
                        connection,
                        "DELETE FROM user_session WHERE hash = ?",
                        hashes,
                        (p, hash) -> p.add(bytes(hash))));
    }

    @Override
    public List<SessionHash> removeExpired(Instant now) {
        return database.write("remove expired sessions", connection -> {
            List<SessionHash> expired = Sql.list(
                    connection,
                    "SELECT hash FROM user_session WHERE expires < ? ORDER BY expires LIMIT " + EXPIRED_MAX,
                    p -> p.add(now),
                    row -> hash(row.bytes()));
            // The condition again: a session may have been prolonged since it was read.
            int[] removed = Sql.updateEach(
                    connection, "DELETE FROM user_session WHERE hash = ? AND expires < ?", expired, (p, hash) -> p.add(
                                    bytes(hash))
                            .add(now));
            List<SessionHash> ended = new ArrayList<>();
            for (int i = 0; i < removed.length; i++) {
                if (removed[i] > 0) {
                    ended.add(expired.get(i));
                }
            }
            return ended;
        });
    }

    /** One order for all, so that two batches with the same sessions never wait for each other in a circle. */
    private static int byHash(Touch one, Touch other) {
        return one.hash().hex().compareTo(other.hash().hex());
    }

    private static StoredSession session(Row row) throws SQLException {
        return new StoredSession(
                hash(row.bytes()),
                new AccountId(row.number()),
                new UserName(row.text()),
                row.instant(),
                row.instant(),
                row.instant(),
                row.flag(),
                address(row.bytes()));
    }

    private static byte[] bytes(SessionHash hash) {
        return HexFormat.of().parseHex(hash.hex());
    }

    private static SessionHash hash(byte[] bytes) {
        return new SessionHash(HexFormat.of().formatHex(bytes));
    }

    private static InetAddress address(byte[] bytes) throws SQLException {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new SQLException("a stored address has " + bytes.length + " bytes", e);
        }
    }
}
