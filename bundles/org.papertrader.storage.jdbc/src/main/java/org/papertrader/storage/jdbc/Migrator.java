package org.papertrader.storage.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.papertrader.storage.api.PostingHash;

/**
 * Brings the schema to the newest version. Scripts only add, and each may run again after it was cut off half-way: DDL
 * commits by itself in most databases. A script's first line names the oldest code that may still use the schema.
 */
final class Migrator {
    /** The scripts, version 1 first. Never changed once released, only added to. */
    private static final List<String> SCRIPTS = List.of(
            "V1__base.sql",
            "V2__worker_keys.sql",
            "V3__accepted_order.sql",
            "V4__operators_day.sql",
            "V5__storage_place.sql");

    private static final Pattern OLDEST_CODE = Pattern.compile("-- oldest code: (\\d+)\\s*");
    private static final String VERSION_TABLE = "CREATE TABLE IF NOT EXISTS schema_version ("
            + " version INT NOT NULL PRIMARY KEY, applied BIGINT NOT NULL, oldest_code INT NOT NULL)";

    private final Database database;
    private final Clock clock;
    private final List<String> scripts;

    Migrator(Database database, Clock clock) {
        this(database, clock, scripts());
    }

    /** For tests: with other scripts than this code's own. */
    Migrator(Database database, Clock clock, List<String> scripts) {
        this.database = database;
        this.clock = clock;
        this.scripts = List.copyOf(scripts);
    }

    /** The texts of this code's own scripts, version 1 first. */
    static List<String> scripts() {
        return SCRIPTS.stream().map(Migrator::resource).toList();
    }

    /**
     * Throws {@link SchemaException} when this code may not use the schema, {@link PlaceException} when the database is
     * not the one in use; then nothing was changed.
     */
    void migrate() {
        migrate(PlaceMark.inUse(clock.instant()));
    }

    /** The same, and what a database becomes that had no mark yet. */
    void migrate(PlaceMark mark) {
        database.write("bring the database schema up to date", connection -> {
            requireInUse(connection);
            int version = version(connection);
            for (int next = version + 1; next <= scripts.size(); next++) {
                apply(connection, next);
            }
            seed(connection, mark);
            return true;
        });
    }

    private static void requireInUse(Connection connection) throws SQLException {
        if (hasTable(connection, "storage_place")) {
            PlaceMark mark = PlaceMark.read(connection).orElse(null);
            if (mark != null && mark.state() != PlaceMark.State.IN_USE) {
                throw new PlaceException(mark);
            }
        }
    }

    private int version(Connection connection) throws SQLException {
        if (!hasTable(connection, "schema_version")) {
            if (hasTable(connection, "account")) {
                throw new SchemaException("the database has tables but no schema version: it is not a PaperTrader's");
            }
            execute(connection, VERSION_TABLE);
            return 0;
        }
        List<Applied> applied = Sql.list(
                connection,
                "SELECT version, oldest_code FROM schema_version ORDER BY version",
                Sql.Binder.NONE,
                row -> new Applied(row.small(), row.small()));
        int code = scripts.size();
        for (int i = 0; i < applied.size(); i++) {
            if (applied.get(i).version() != i + 1) {
                throw new SchemaException("the database's schema lacks version " + (i + 1) + " of " + applied.size());
            }
            if (applied.get(i).oldestCode() > code) {
                throw new SchemaException(
                        "the database has schema %d, which needs code for schema %d or newer; this is code for %d"
                                .formatted(applied.size(), applied.get(i).oldestCode(), code));
            }
        }
        return applied.size();
    }

    private void apply(Connection connection, int version) throws SQLException {
        String script = scripts.get(version - 1);
        Matcher header = OLDEST_CODE.matcher(script.lines().findFirst().orElse(""));
        if (!header.matches()) {
            throw new SchemaException("migration " + version + " does not say which code may use it");
        }
        for (String statement :
                statements(script.replace("${bytes}", database.dialect().bytesType()))) {
            boolean table = statement.toUpperCase(Locale.ROOT).startsWith("CREATE TABLE");
            execute(connection, table ? statement + database.dialect().tableOptions() : statement);
        }
        Sql.update(
                connection,
                "INSERT INTO schema_version (version, applied, oldest_code) VALUES (?, ?, ?)",
                p -> p.add(version).add(clock.instant()).add(Integer.parseInt(header.group(1))));
        connection.commit();
    }

    /** The tables of one row get their row. */
    private static void seed(Connection connection, PlaceMark mark) throws SQLException {
        if (isEmpty(connection, "ledger_head")) {
            Sql.update(
                    connection,
                    "INSERT INTO ledger_head (id, epoch, commits, last_set, last_hash) VALUES (1, 0, 0, 0, ?)",
                    p -> p.add(PostingHash.start()));
        }
        if (isEmpty(connection, "ledger_fold")) {
            Sql.update(connection, "INSERT INTO ledger_fold (id, folds) VALUES (1, 0)", Sql.Binder.NONE);
        }
        if (hasTable(connection, "storage_place") && isEmpty(connection, "storage_place")) {
            mark.write(connection);
        }
    }

    private static boolean isEmpty(Connection connection, String table) throws SQLException {
        return Sql.first(connection, "SELECT id FROM " + table, Sql.Binder.NONE, Row::number)
                .isEmpty();
    }

    /** The statements of a script: separated by semicolons, without comment lines. */
    static List<String> statements(String script) {
        String bare = script.lines()
                .filter(line -> !line.strip().startsWith("--"))
                .reduce("", (text, line) -> text + line + "\n");
        return Stream.of(bare.split(";", -1))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static boolean hasTable(Connection connection, String name) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        String stored = data.storesUpperCaseIdentifiers() ? name.toUpperCase(Locale.ROOT) : name;
        try (ResultSet tables = data.getTables(
                connection.getCatalog(), connection.getSchema(), stored, new String[] {"TABLE", "BASE TABLE"})) {
            return tables.next();
        }
    }

    private static String resource(String name) {
        try (InputStream in = Migrator.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Applied(int version, int oldestCode) {}
}
