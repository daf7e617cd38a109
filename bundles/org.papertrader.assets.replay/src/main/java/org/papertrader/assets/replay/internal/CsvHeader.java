package org.papertrader.assets.replay.internal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the columns of a file are, found by name in any case; -1 for one that it does not have.
 *
 * @param date the column of the date or of date and time
 * @param time the column of the time of day, where the file has it apart
 * @param symbol the column of the symbol
 */
record CsvHeader(int date, int time, int symbol, int open, int high, int low, int close, int volume) {
    private static final int NONE = -1;

    /** The columns of a file of bars; empty when a needed one is missing. */
    static Optional<CsvHeader> of(List<String> names) {
        List<String> lower = names.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        int date = first(lower, "datetime", "timestamp", "barstartny", "date", "time");
        int time = date != NONE && lower.get(date).equals("date") ? first(lower, "time") : NONE;
        CsvHeader header = new CsvHeader(
                date,
                time,
                first(lower, "stock", "symbol", "ticker", "name"),
                first(lower, "open"),
                first(lower, "high"),
                first(lower, "low"),
                first(lower, "close"),
                first(lower, "volume"));
        return header.isComplete() ? Optional.of(header) : Optional.empty();
    }

    private static int first(List<String> names, String... candidates) {
        return Stream.of(candidates)
                .map(names::indexOf)
                .filter(index -> index != NONE)
                .findFirst()
                .orElse(NONE);
    }

    private boolean isComplete() {
        return Stream.of(date, open, high, low, close).noneMatch(column -> column == NONE);
    }
}
