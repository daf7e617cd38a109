package org.papertrader.storage.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.papertrader.storage.api.WorkerStore;

/** The register of workers in one table. */
final class JdbcWorkerStore implements WorkerStore {
    private static final List<String> COLUMNS =
            List.of("uuid", "name", "region", "allowed_addresses", "enabled", "registered", "last_seen");

    private final Database database;
    private final Bulk<StoredWorker> upsert;

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
    }

    @Override
    public List<StoredWorker> all() {
        return database.transaction(
                "list the workers",
                connection -> Sql.list(
                        connection,
                        "SELECT " + String.join(", ", COLUMNS) + " FROM worker_server ORDER BY name, uuid LIMIT "
                                + Sql.ROWS_MAX,
                        Sql.Binder.NONE,
                        JdbcWorkerStore::worker));
    }

    @Override
    public void put(StoredWorker worker) {
        database.repeatable("store a worker", connection -> {
            upsert.write(connection, List.of(worker));
            return true;
        });
        database.sync();
    }

    @Override
    public boolean remove(UUID uuid) {
        int removed = database.transaction(
                "remove a worker",
                connection -> Sql.update(connection, "DELETE FROM worker_server WHERE uuid = ?", p -> p.add(uuid)));
        database.sync();
        return removed > 0;
    }

    @Override
    public void seen(UUID uuid, Instant at) {
        database.transaction(
                "note that a worker connected",
                connection ->
                        Sql.update(connection, "UPDATE worker_server SET last_seen = ? WHERE uuid = ?", p -> p.add(at)
                                .add(uuid)));
    }

    private static StoredWorker worker(Row row) throws SQLException {
        return new StoredWorker(
                row.uuid(), row.text(), row.text(), row.text(), row.flag(), row.instant(), row.instantOrNull());
    }
}
