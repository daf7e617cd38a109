package org.papertrader.assets.replay.internal;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.papertrader.assets.api.Resolution;
import org.papertrader.model.Bar;
import org.papertrader.model.Price;
import org.papertrader.model.Symbol;
import org.papertrader.model.Volume;

/** One row of a file of bars; one within a day is taken for a minute until the whole file is known. */
record BarRow(Symbol symbol, Resolution resolution, Bar bar) {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int DATE_LENGTH = 10;
    private static final int NUMBER_LENGTH_MAX = 40;
    private static final int EXPONENT_MAX = 40;

    /**
     * Reads a row.
     *
     * @param fileSymbol the symbol for files without a column for it
     */
    static BarRow parse(CsvRecord row, CsvHeader header, Optional<Symbol> fileSymbol, SessionTimes times)
            throws BadRowException {
        Optional<Symbol> symbol = header.symbol() < 0 ? fileSymbol : SymbolNames.ofText(field(row, header.symbol()));
        if (symbol.isEmpty()) {
            throw new BadRowException("no valid symbol");
        }
        String time = field(row, header.date());
        if (header.time() >= 0) {
            time = time + "T" + field(row, header.time());
        }
        try {
            if (time.length() == DATE_LENGTH) {
                LocalDate date = LocalDate.parse(time);
                return new BarRow(
                        symbol.get(), Resolution.DAY, bar(row, header, times.dayStart(date), times.dayEnd(date)));
            }
            Instant start = instant(time.replace(' ', 'T'), times);
            return new BarRow(symbol.get(), Resolution.MINUTE, bar(row, header, start, start.plus(MINUTE)));
        } catch (DateTimeException e) {
            throw new BadRowException("no valid time: " + quoted(time));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new BadRowException(String.valueOf(e.getMessage()));
        }
    }

    private static Instant instant(String text, SessionTimes times) {
        boolean hasOffset = text.endsWith("Z") || text.indexOf('+') > 0 || text.lastIndexOf('-') > DATE_LENGTH;
        return hasOffset ? OffsetDateTime.parse(text).toInstant() : times.at(LocalDateTime.parse(text));
    }

    private static Bar bar(CsvRecord row, CsvHeader header, Instant start, Instant end) throws BadRowException {
        Volume volume = header.volume() < 0 ? Volume.ZERO : Volume.of(number(row, header.volume()));
        return new Bar(
                start,
                end,
                Price.of(number(row, header.open())),
                Price.of(number(row, header.high())),
                Price.of(number(row, header.low())),
                Price.of(number(row, header.close())),
                volume);
    }

    private static BigDecimal number(CsvRecord row, int column) throws BadRowException {
        String text = field(row, column);
        if (text.length() > NUMBER_LENGTH_MAX) {
            throw new BadRowException("number too long: " + quoted(text));
        }
        try {
            BigDecimal value = new BigDecimal(text);
            // An exponent such as 1e999999999 would need gigabytes to write out.
            if (Math.abs((long) value.scale()) > EXPONENT_MAX) {
                throw new BadRowException("number too large: " + quoted(text));
            }
            return value;
        } catch (NumberFormatException e) {
            throw new BadRowException("no number: " + quoted(text));
        }
    }

    private static String field(CsvRecord row, int column) throws BadRowException {
        if (column >= row.getFieldCount()) {
            throw new BadRowException("only " + row.getFieldCount() + " columns");
        }
        return row.getField(column).strip();
    }

    private static String quoted(String text) {
        String shown = text.length() <= NUMBER_LENGTH_MAX ? text : text.substring(0, NUMBER_LENGTH_MAX) + "...";
        return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
