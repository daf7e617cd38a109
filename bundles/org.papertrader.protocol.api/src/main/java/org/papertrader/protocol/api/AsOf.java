package org.papertrader.protocol.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The {@code date} argument of PRO-13: an instant, or a bare date, which means that UTC day. */
public sealed interface AsOf {

    /** The instant from which a period runs back: the instant itself, or the end of the day. */
    Instant end();

    /** An exact instant, to the millisecond. */
    record At(Instant instant) implements AsOf {
        @Override
        public Instant end() {
            return instant;
        }
    }

    /** A UTC day. */
    record On(LocalDate date) implements AsOf {
        /** Midnight at the end of the day, which belongs to the next one. */
        @Override
        public Instant end() {
            return date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }
}
