package org.papertrader.storage.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.papertrader.storage.api.WorkerStore;

/** The register of workers in one table, their keys in another. */
final class JdbcWorkerStore implements WorkerStore {
    private static final List<String> COLUMNS =
            List.of("uuid", "name", "region", "allowed_addresses", "enabled", "registered", "last_seen");

    private static final int KEYS_PER_WORKER = 2;
    private static final List<String> KEY_COLUMNS = List.of("worker", "fingerprint", "armored", "added");

    private final Database database;
    private final Bulk<StoredWorker> upsert;
    private final Bulk<KeyRow> upsertKey;

    JdbcWorkerStore(Database database) {
        this.database = database;
        this.upsert = new Bulk<>(
                database.dialect().upsert("worker_server", List.of("uuid"), COLUMNS), 1, (p, worker) -> p.add(
                                worker.uuid())
                        .add(worker.name())
                        .add(worker.region())
                        .add(worker.allowedAddresses())
                        .add(worker.enabled())
                        .add(worker.registered())
                        .addNullable(worker.lastSeen()));
        this.upsertKey = new Bulk<>(
                database.dialect().upsert("worker_key", List.of("worker", "fingerprint"), KEY_COLUMNS),
                1,
                (p, row) -> p.add(row.worker())
                        .add(row.key().fingerprint())
                        .add(row.key().armored().getBytes(StandardCharsets.UTF_8))
                        .add(row.key().added()));
    }

    private record KeyRow(UUID worker, StoredKey key) {}

    @Override
    public List<StoredWorker> all() {
        return database.read("list the workers", connection -> {
            Map<UUID, List<StoredKey>> keys = keys(connection);
            return Sql.list(
                    connection,
                    "SELECT " + String.join(", ", COLUMNS) + " FROM worker_server ORDER BY name, uuid LIMIT "
                            + Sql.ROWS_MAX,
                    Sql.Binder.NONE,
                    row -> worker(row, keys));
        });
    }

    private static Map<UUID, List<StoredKey>> keys(Connection connection) throws SQLException {
        List<KeyRow> rows = Sql.list(
                connection,
                "SELECT " + String.join(", ", KEY_COLUMNS) + " FROM worker_key ORDER BY worker, added, fingerprint"
                        + " LIMIT " + KEYS_PER_WORKER * Sql.ROWS_MAX,
                Sql.Binder.NONE,
                row -> new KeyRow(
                        row.uuid(),
                        new StoredKey(row.text(), new String(row.bytes(), StandardCharsets.UTF_8), row.instant())));
        return rows.stream()
                .collect(Collectors.groupingBy(
                        KeyRow::worker, Collectors.mapping(KeyRow::key, Collectors.toUnmodifiableList())));
    }

    @Override
    public void put(StoredWorker worker) {
        database.repeatable("store a worker", connection -> {
            upsert.write(connection, List.of(worker));
            removeKeys(connection, worker.uuid());
            upsertKey.write(
                    connection,
                    worker.keys().stream()
                            .map(key -> new KeyRow(worker.uuid(), key))
                            .toList());
            return true;
        });
        database.sync();
    }

    @Override
    public boolean remove(UUID uuid) {
        int removed = database.write("remove a worker", connection -> {
            removeKeys(connection, uuid);
            return Sql.update(connection, "DELETE FROM worker_server WHERE uuid = ?", p -> p.add(uuid));
        });
        database.sync();
        return removed > 0;
    }

    private static void removeKeys(Connection connection, UUID worker) throws SQLException {
        Sql.update(connection, "DELETE FROM worker_key WHERE worker = ?", p -> p.add(worker));
    }

    @Override
    public void seen(UUID uuid, Instant at) {
        database.write(
                "note that a worker connected",
                connection ->
                        Sql.update(connection, "UPDATE worker_server SET last_seen = ? WHERE uuid = ?", p -> p.add(at)
                                .add(uuid)));
    }

    private static StoredWorker worker(Row row, Map<UUID, List<StoredKey>> keys) throws SQLException {
        UUID uuid = row.uuid();
        return new StoredWorker(
                uuid,
                row.text(),
                row.text(),
                row.text(),
                row.flag(),
                row.instant(),
                row.instantOrNull(),
                keys.getOrDefault(uuid, List.of()));
    }
}
