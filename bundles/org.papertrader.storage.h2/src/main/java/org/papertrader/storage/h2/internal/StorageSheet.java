package org.papertrader.storage.h2.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
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
                .map(row -> String.format(Locale.ROOT, "%-24s %15s%n", row.getKey(), Sizes.count(row.getValue())))
                .collect(Collectors.joining());
        return "directory     " + directory + "\n"
                + "size          " + Sizes.of(bytes) + ", " + Sizes.of(freeBytes) + " free there\n"
                + "schema        version " + summary.schemaVersion() + "\n"
                + "writer        epoch " + summary.epoch() + "\n"
                + "ledger        " + Sizes.count(summary.postingSets()) + " posting sets, ending in\n"
                + "              " + summary.ledgerHash() + "\n\n"
                + String.format(Locale.ROOT, "%-24s %15s%n", "table", "rows")
                + rows;
    }

    String json() {
        String rows = summary.rows().entrySet().stream()
                .map(row -> "\"" + row.getKey() + "\":" + row.getValue())
                .collect(Collectors.joining(","));
        return "{\"directory\":\"" + quoted(directory.toString()) + "\",\"bytes\":" + bytes + ",\"freeBytes\":"
                + freeBytes + ",\"schemaVersion\":" + summary.schemaVersion() + ",\"epoch\":" + summary.epoch()
                + ",\"postingSets\":" + summary.postingSets() + ",\"ledgerHash\":\"" + summary.ledgerHash()
                + "\",\"rows\":{" + rows + "}}\n";
    }

    private static String quoted(String text) {
        return text.chars()
                .mapToObj(c -> c == '"' || c == '\\'
                        ? "\\" + (char) c
                        : c < ' ' ? String.format("\\u%04x", c) : String.valueOf((char) c))
                .collect(Collectors.joining());
    }
}
