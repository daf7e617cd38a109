package org.papertrader.auth.internal;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration, checked: what is out of range is moved to its limit and reported. */
record AuthSettings(Argon2Cost cost, SessionLimits limits, AddressLimits addresses) {
    private static final Logger LOG = LoggerFactory.getLogger(AuthSettings.class);

    /** How long sessions live. */
    record SessionLimits(
            Duration grace,
            Duration absolute,
            Duration rememberedIdle,
            Duration rememberedAbsolute,
            int perAccountMax) {}

    /** How often one address may try; a burst of 0 is no limit. */
    record AddressLimits(int burst, int perMinute) {}

    static AuthSettings of(AuthConfig config) {
        return new AuthSettings(
                new Argon2Cost(
                        within("memoryKib", config.memoryKib(), 7_168, Argon2Cost.MEMORY_KIB_MAX),
                        within("iterations", config.iterations(), 1, Argon2Cost.ITERATIONS_MAX),
                        within("parallelism", config.parallelism(), 1, Argon2Cost.PARALLELISM_MAX)),
                new SessionLimits(
                        Duration.ofSeconds(within("graceSeconds", config.graceSeconds(), 1, 86_400)),
                        Duration.ofHours(within("absoluteHours", config.absoluteHours(), 1, 720)),
                        Duration.ofDays(within("rememberedIdleDays", config.rememberedIdleDays(), 1, 3_650)),
                        Duration.ofDays(within("rememberedAbsoluteDays", config.rememberedAbsoluteDays(), 1, 3_650)),
                        within("sessionsPerAccountMax", config.sessionsPerAccountMax(), 1, 100)),
                new AddressLimits(
                        within("addressBurst", config.addressBurst(), 0, 1_000_000),
                        within("addressPerMinute", config.addressPerMinute(), 1, 1_000_000)));
    }

    private static int within(String key, int value, int min, int max) {
        int used = Math.max(min, Math.min(max, value));
        if (used != value) {
            LOG.warn("{} {} is outside of {} to {}; {} is used", key, value, min, max, used);
        }
        return used;
    }
}
