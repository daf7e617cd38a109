package org.papertrader.auth.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of PID {@code org.papertrader.auth}; every value takes effect at once. */
@ObjectClassDefinition(id = AuthConfig.PID, name = "PaperTrader accounts and sessions")
@interface AuthConfig {
    String PID = "org.papertrader.auth";

    @AttributeDefinition(description = "memory of one Argon2id hash in KiB, 7168 to 1048576")
    int memoryKib() default 19_456;

    @AttributeDefinition(description = "passes of one Argon2id hash, 1 to 20")
    int iterations() default 2;

    @AttributeDefinition(description = "lanes of one Argon2id hash, 1 to 16")
    int parallelism() default 1;

    @AttributeDefinition(description = "seconds that a session outlives its last connection when it is not remembered")
    int graceSeconds() default 60;

    @AttributeDefinition(description = "hours after login at which a session ends that is not remembered")
    int absoluteHours() default 12;

    @AttributeDefinition(description = "days without use after which a remembered session ends")
    int rememberedIdleDays() default 30;

    @AttributeDefinition(description = "days after login at which a remembered session ends")
    int rememberedAbsoluteDays() default 365;

    @AttributeDefinition(description = "sessions that an account may have; one more ends the oldest; 1 to 100")
    int sessionsPerAccountMax() default 20;

    @AttributeDefinition(description = "logins and registrations at once from one client address; 0 for no limit")
    int addressBurst() default 100;

    @AttributeDefinition(description = "logins and registrations a minute from one client address after the burst")
    int addressPerMinute() default 60;
}
