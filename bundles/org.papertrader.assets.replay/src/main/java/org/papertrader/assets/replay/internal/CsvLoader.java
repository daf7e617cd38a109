package org.papertrader.assets.replay.internal;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.papertrader.assets.api.AssetListing;
import org.papertrader.model.Symbol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads files of bars, whatever the order of their columns. What it cannot read it skips, counts and logs; a bad file
 * never spoils the others. Used once, by one thread.
 */
final class CsvLoader {
    private static final Logger LOG = LoggerFactory.getLogger(CsvLoader.class);
    private static final int FOLDERS_DEEP_MAX = 16;
    private static final int BAD_ROWS_LOGGED_MAX = 100;
    private static final String EVENTS_SUFFIX = ".events.csv";

    private final SessionTimes times;
    private final Map<Symbol, String> names;
    private final BarLibrary library = new BarLibrary();
    private int files;
    private int skippedFiles;
    private int badRows;
    private int duplicates;

    /** @param names names for people; may lack some */
    CsvLoader(SessionTimes times, Map<Symbol, String> names) {
        this.times = times;
        this.names = new HashMap<>(names);
    }

    /**
     * Reads every file below a folder whose name ends in .csv or .csv.gz, in order of their paths; of two bars with one
     * end the first stays.
     *
     * @throws IOException when the folder cannot be listed
     */
    Loaded directory(Path directory) throws IOException {
        List<Path> found;
        try (Stream<Path> walk = Files.walk(directory, FOLDERS_DEEP_MAX)) {
            found = walk.filter(Files::isRegularFile)
                    .filter(file -> hasSuffix(file, ".csv") || hasSuffix(file, ".csv.gz"))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : found) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("reading was ended");
            }
            if (hasSuffix(file, EVENTS_SUFFIX)) {
                skip(file, "corporate actions are not bars");
            } else {
                read(file);
            }
        }
        return loaded();
    }

    private void read(Path file) {
        String folder = directoryName(file);
        try (InputStream bytes = Files.newInputStream(file)) {
            InputStream plain = hasSuffix(file, ".gz") ? new GZIPInputStream(bytes) : bytes;
            stream(file.toString(), plain, SymbolNames.ofFile(file), assetClass(folder));
        } catch (IOException e) {
            skip(file, String.valueOf(e.getMessage()));
        }
    }

    /** Reads one file from a stream; what was read before a fault in it stays. */
    void stream(String name, InputStream plain, Optional<Symbol> fileSymbol, String assetClass) throws IOException {
        CsvReader<CsvRecord> reader = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .detectBomHeader(true)
                .ofCsvRecord(plain, StandardCharsets.UTF_8);
        try (reader) {
            Iterator<CsvRecord> rows = reader.iterator();
            Optional<CsvHeader> header =
                    rows.hasNext() ? CsvHeader.of(rows.next().getFields()) : Optional.empty();
            if (header.isEmpty()) {
                skip(Path.of(name), "it has no columns of time, open, high, low and close");
                return;
            }
            if (header.get().symbol() < 0 && fileSymbol.isEmpty()) {
                skip(Path.of(name), "its name is no symbol and it has no column for one");
                return;
            }
            files++;
            try {
                rows(name, rows, header.get(), fileSymbol, assetClass);
            } finally {
                duplicates += library.endOfFile();
            }
        } catch (CsvParseException | UncheckedIOException e) {
            LOG.warn("{}: reading stopped early: {}", name, e.getMessage());
            badRows++;
        }
    }

    private void rows(
            String name, Iterator<CsvRecord> rows, CsvHeader header, Optional<Symbol> fileSymbol, String assetClass) {
        int bad = 0;
        Set<Symbol> seen = new HashSet<>();
        while (rows.hasNext()) {
            CsvRecord row = rows.next();
            try {
                BarRow bar = BarRow.parse(row, header, fileSymbol, times);
                if (!library.add(bar)) {
                    LOG.error("{}: more than {} rows in all; the rest is not read", name, BarLibrary.ROWS_MAX);
                    break;
                }
                if (seen.add(bar.symbol())) {
                    library.putListing(listing(bar.symbol(), assetClass));
                }
            } catch (BadRowException e) {
                if (bad++ < BAD_ROWS_LOGGED_MAX) {
                    LOG.warn("{}:{}: row skipped: {}", name, row.getStartingLineNumber(), e.getMessage());
                }
            }
        }
        if (bad > 0) {
            LOG.warn("{}: {} rows skipped", name, bad);
        }
        badRows += bad;
    }

    /** What was read, in order; nothing may be read after it. */
    Loaded loaded() {
        duplicates += library.freeze(times);
        return new Loaded(library, files, skippedFiles, badRows, duplicates);
    }

    private AssetListing listing(Symbol symbol, String assetClass) {
        return new AssetListing(symbol, names.getOrDefault(symbol, symbol.value()), assetClass);
    }

    private void skip(Path file, String reason) {
        LOG.info("{}: file skipped: {}", file, reason);
        skippedFiles++;
    }

    private static boolean hasSuffix(Path file, String suffix) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(suffix);
    }

    private static String directoryName(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null || parent.getFileName() == null
                ? ""
                : parent.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    /** By the folder's name, as data sets are commonly laid out: {@code crypto...}, {@code fx...}, else equities. */
    private static String assetClass(String folder) {
        if (folder.startsWith("crypto")) {
            return "crypto";
        }
        return folder.startsWith("fx") || folder.startsWith("forex") ? "fx" : "equity";
    }

    /** What was read, and what was not. */
    record Loaded(BarLibrary library, int files, int skippedFiles, int badRows, int duplicates) {}
}
