package org.papertrader.storage.h2.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.papertrader.shell.text.Json;
import org.papertrader.shell.text.Size;
import org.papertrader.storage.jdbc.JdbcStorage;
import org.papertrader.storage.jdbc.StorageSummary;

/** What {@code storage:show} shows. */
record StorageSheet(Path directory, long bytes, long freeBytes, StorageSummary summary) {
    static StorageSheet of(JdbcStorage storage, Path directory) throws IOException {
        return new StorageSheet(
                directory,
                Files.size(H2Files.file(directory)),
                Files.getFileStore(directory).getUsableSpace(),
                storage.summary());
    }

    /** At most 80 columns, but for a long directory and the hash. */
    String text() {
        String rows = summary.rows().entrySet().stream()
                .map(row -> String.format(Locale.ROOT, "%-24s %15s%n", row.getKey(), count(row.getValue())))
                .collect(Collectors.joining());
        return "directory     " + directory + "\n"
                + "size          " + new Size(bytes) + ", " + new Size(freeBytes) + " free there\n"
                + "schema        version " + summary.schemaVersion() + "\n"
                + "writer        epoch " + summary.epoch() + "\n"
                + "ledger        " + count(summary.postingSets()) + " posting sets, ending in\n"
                + "              " + summary.ledgerHash() + "\n\n"
                + String.format(Locale.ROOT, "%-24s %15s%n", "table", "rows")
                + rows;
    }

    /** With a comma between the thousands. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("directory", directory);
        all.put("bytes", bytes);
        all.put("freeBytes", freeBytes);
        all.put("schemaVersion", summary.schemaVersion());
        all.put("epoch", summary.epoch());
        all.put("postingSets", summary.postingSets());
        all.put("ledgerHash", summary.ledgerHash());
        all.put("rows", summary.rows());
        return Json.text(all) + "\n";
    }
}
