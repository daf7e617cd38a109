package org.papertrader.master.internal;

import java.time.Duration;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration, checked. */
record MasterSettings(int parkedMax, Duration patience, String realm, String currency) {
    private static final Logger LOG = LoggerFactory.getLogger(MasterSettings.class);
    private static final Pattern WORD = Pattern.compile("[\\x21-\\x7e]{1,64}");
    private static final int PARKED_LIMIT = 1_000_000;
    private static final int PATIENCE_LIMIT_MS = 60_000;

    static MasterSettings of(MasterConfig config) {
        return new MasterSettings(
                within(config.parkedMax(), PARKED_LIMIT),
                Duration.ofMillis(within(config.patienceMs(), PATIENCE_LIMIT_MS)),
                word(config.realm(), "papertrader"),
                word(config.currency(), "USD"));
    }

    private static int within(int value, int max) {
        return Math.max(0, Math.min(max, value));
    }

    private static String word(String value, String standard) {
        if (WORD.matcher(value).matches()) {
            return value;
        }
        LOG.error("'{}' is ignored: a realm or currency has 1 to 64 printable characters without blanks", value);
        return standard;
    }
}
