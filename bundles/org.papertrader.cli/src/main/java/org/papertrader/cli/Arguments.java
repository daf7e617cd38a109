package org.papertrader.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.Function;
import org.papertrader.client.CertificateFingerprint;
import org.papertrader.client.RefusedException;
import org.papertrader.client.ServerAddress;
import org.papertrader.model.OrderId;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.protocol.api.AsOf;

/** Words of the command line as values; what is none is refused with what it should look like. */
final class Arguments {
    private Arguments() {}

    static Symbol symbol(String text) {
        return value(text.toUpperCase(Locale.ROOT), Symbol::new, ReasonCode.BAD_ARGUMENTS);
    }

    static UserName userName(String text) {
        return value(text, UserName::new, ReasonCode.BAD_USER_NAME);
    }

    static Quantity quantity(String text) {
        return value(text, Quantity::parse, ReasonCode.BAD_QUANTITY);
    }

    static OrderId order(String text) {
        return value(text, word -> new OrderId(Long.parseLong(word)), ReasonCode.BAD_ARGUMENTS);
    }

    static ServerAddress server(String text, int standardPort) {
        return value(text, word -> ServerAddress.parse(word, standardPort), ReasonCode.BAD_ARGUMENTS);
    }

    static CertificateFingerprint fingerprint(String text) {
        return value(text, CertificateFingerprint::parse, ReasonCode.BAD_ARGUMENTS);
    }

    static AsOf asOf(String text) {
        try {
            return text.indexOf('T') < 0 ? new AsOf.On(LocalDate.parse(text)) : new AsOf.At(Instant.parse(text));
        } catch (DateTimeException e) {
            throw new RefusedException(Refusal.of(
                    ReasonCode.BAD_DATE, "A date looks like 2016-03-01 or 2016-03-01T15:30:00Z, not '" + text + "'."));
        }
    }

    private static <V> V value(String text, Function<String, V> parse, ReasonCode code) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Refusal.of(code, String.valueOf(e.getMessage())));
        }
    }
}
