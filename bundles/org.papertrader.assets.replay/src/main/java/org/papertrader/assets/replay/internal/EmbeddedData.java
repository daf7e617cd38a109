package org.papertrader.assets.replay.internal;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.papertrader.model.Symbol;

/** The data that the bundle ships; its origin and licences are in META-INF/NOTICE. */
final class EmbeddedData {
    private static final String BARS = "bars.csv";
    private static final String NAMES = "names.csv";

    private EmbeddedData() {}

    static CsvLoader.Loaded load(SessionTimes times) throws IOException {
        CsvLoader loader = new CsvLoader(times, names());
        try (InputStream bars = open(BARS)) {
            loader.stream(BARS, bars, Optional.empty(), "equity");
        }
        return loader.loaded();
    }

    /** Names of companies by symbol. */
    static Map<Symbol, String> names() throws IOException {
        Map<Symbol, String> names = new HashMap<>();
        try (CsvReader<NamedCsvRecord> rows =
                CsvReader.builder().ofNamedCsvRecord(open(NAMES), StandardCharsets.UTF_8)) {
            for (NamedCsvRecord row : rows) {
                names.put(new Symbol(row.getField("symbol")), row.getField("name"));
            }
        }
        return names;
    }

    private static InputStream open(String name) throws IOException {
        InputStream stream = EmbeddedData.class.getResourceAsStream(name);
        if (stream == null) {
            throw new FileNotFoundException("the bundle lacks " + name);
        }
        return stream;
    }
}
