package org.papertrader.protocol.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Side;
import org.papertrader.protocol.api.AsOf;

/** The text forms of single arguments, as {@code docs/protocol.md} states them. */
final class Grammar {
    private static final Pattern UNSIGNED_DECIMAL = Pattern.compile("[0-9]{1,10}(\\.[0-9]{1,8})?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");
    private static final Pattern DAY = Pattern.compile("(19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}");
    private static final Pattern INSTANT =
            Pattern.compile("(19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3])(:[0-5][0-9]){2}(\\.[0-9]{1,3})?Z");

    private Grammar() {}

    /** What {@code parse} makes of the text; its IllegalArgumentException becomes the reason {@code code}. */
    static <T> T parse(String text, Function<String, T> parse, ReasonCode code) {
        try {
            return parse.apply(text);
        } catch (BadMessage e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new BadMessage(code);
        }
    }

    static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadMessage(ReasonCode.BAD_ARGUMENTS, "A boolean is true or false.");
        };
    }

    static String unsignedDecimal(String text, ReasonCode code) {
        if (!UNSIGNED_DECIMAL.matcher(text).matches()) {
            throw new BadMessage(code);
        }
        return text;
    }

    /** A whole number, {@code min} and up. */
    static long number(String text, long min) {
        if (NUMBER.matcher(text).matches()) {
            try {
                long value = Long.parseLong(text);
                if (value >= min) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw new BadMessage(ReasonCode.BAD_ARGUMENTS, "A number does not fit into 63 bits.");
            }
        }
        throw new BadMessage(ReasonCode.BAD_ARGUMENTS, "A whole number from " + min + " on is expected.");
    }

    static AsOf asOf(String text) {
        try {
            if (DAY.matcher(text).matches()) {
                return new AsOf.On(LocalDate.parse(text));
            }
            if (INSTANT.matcher(text).matches()) {
                return new AsOf.At(Instant.parse(text));
            }
        } catch (DateTimeException e) {
            throw badDate();
        }
        throw badDate();
    }

    static String text(AsOf asOf) {
        if (asOf instanceof AsOf.At at) {
            return text(at.instant());
        }
        return ((AsOf.On) asOf).date().toString();
    }

    static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw badDate();
        }
    }

    /** To the millisecond, as the wire knows no finer time. */
    static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    static String text(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }

    static Side side(String text) {
        return switch (text) {
            case "buy" -> Side.BUY;
            case "sell" -> Side.SELL;
            default -> throw new BadMessage(ReasonCode.BAD_ARGUMENTS, "A side is buy or sell.");
        };
    }

    private static BadMessage badDate() {
        return new BadMessage(
                ReasonCode.BAD_DATE, "A date is written 2016-03-01 or 2016-03-01T15:30:00Z, from 1900 to 2199.");
    }
}
