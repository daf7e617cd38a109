package org.papertrader.workermanagement.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of PID {@code org.papertrader.workermanagement}; all values take effect at once. */
@ObjectClassDefinition(id = WorkersConfig.PID, name = "PaperTrader workers")
@interface WorkersConfig {
    String PID = "org.papertrader.workermanagement";

    @AttributeDefinition(min = "1", max = "1000", description = "how many workers are deployed (VAR-2), 1 to 1000")
    int workersExpected() default 1;

    @AttributeDefinition(
            min = "0",
            description = "how far a worker's clock may be off, in milliseconds, 0 and up; orders that one stamps whose"
                    + " clock is further off are refused")
    long clockOffsetMaxMs() default 60_000;

    @AttributeDefinition(
            description =
                    "workers to register on first sight, each 'uuid name region addresses keyfile', the addresses being"
                            + " IP addresses or CIDR ranges, comma-separated without blanks, the file that of its public"
                            + " key: the rest of the line, which may have blanks")
    String[] registered() default {};
}
