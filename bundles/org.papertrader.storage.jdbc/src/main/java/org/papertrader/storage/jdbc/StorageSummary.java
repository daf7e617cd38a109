package org.papertrader.storage.jdbc;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a database holds at this moment.
 *
 * @param schemaVersion of its tables
 * @param epoch of the writer of the ledger
 * @param postingSets number of the newest posting set
 * @param ledgerHash the ledger's running hash after that set, 64 hexadecimal digits
 * @param rows how many rows each table has, by name
 */
public record StorageSummary(
        int schemaVersion, long epoch, long postingSets, String ledgerHash, Map<String, Long> rows) {
    static StorageSummary of(Database database) {
        return database.read("look at the database", connection -> {
            LedgerReader.Head head = LedgerReader.head(connection);
            Map<String, Long> rows = new LinkedHashMap<>();
            for (Table table : Table.all(connection)) {
                rows.put(table.name(), table.count(connection));
            }
            int version = Sql.list(connection, "SELECT MAX(version) FROM schema_version", Sql.Binder.NONE, Row::small)
                    .get(0);
            return new StorageSummary(
                    version, head.epoch(), head.lastSet(), HexFormat.of().formatHex(head.lastHash()), rows);
        });
    }
}
