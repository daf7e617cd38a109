package org.papertrader.auth.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of PID {@code org.papertrader.auth}; every value takes effect at once. */
@ObjectClassDefinition(id = AuthConfig.PID, name = "PaperTrader accounts and sessions")
@interface AuthConfig {
    String PID = "org.papertrader.auth";

    @AttributeDefinition(
            min = "7168",
            max = "1048576",
            description = "memory of one Argon2id hash in KiB, 7168 to 1048576")
    int memoryKib() default 19_456;

    @AttributeDefinition(min = "1", max = "20", description = "passes of one Argon2id hash, 1 to 20")
    int iterations() default 2;

    @AttributeDefinition(min = "1", max = "16", description = "lanes of one Argon2id hash, 1 to 16")
    int parallelism() default 1;

    @AttributeDefinition(
            min = "1",
            max = "86400",
            description = "seconds that a session outlives its last connection when it is not remembered")
    int graceSeconds() default 60;

    @AttributeDefinition(
            min = "1",
            max = "720",
            description = "hours after login at which a session ends that is not remembered")
    int absoluteHours() default 12;

    @AttributeDefinition(
            min = "1",
            max = "3650",
            description = "days without use after which a remembered session ends")
    int rememberedIdleDays() default 30;

    @AttributeDefinition(min = "1", max = "3650", description = "days after login at which a remembered session ends")
    int rememberedAbsoluteDays() default 365;

    @AttributeDefinition(
            min = "1",
            max = "100",
            description = "sessions that an account may have; one more ends the oldest; 1 to 100")
    int sessionsPerAccountMax() default 20;

    @AttributeDefinition(
            min = "0",
            max = "1000000",
            description = "logins and registrations at once from one client address; 0 for no limit")
    int addressBurst() default 100;

    @AttributeDefinition(
            min = "1",
            max = "1000000",
            description = "logins and registrations a minute from one client address after the burst")
    int addressPerMinute() default 60;
}
