package org.papertrader.master.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of PID {@code org.papertrader.master}; every value takes effect at once. */
@ObjectClassDefinition(id = MasterConfig.PID, name = "PaperTrader master")
@interface MasterConfig {
    String PID = "org.papertrader.master";

    @AttributeDefinition(
            min = "0",
            max = "1000000",
            description = "requests that may wait for a module that is being swapped; one more is busy")
    int parkedMax() default 10_000;

    @AttributeDefinition(
            min = "0",
            max = "60000",
            description = "milliseconds that a request waits for a module that is being swapped")
    int patienceMs() default 8_000;

    @AttributeDefinition(
            description = "goes into the salt of every hashed password: never change it once there are accounts")
    String realm() default "papertrader";

    @AttributeDefinition(description = "currency of all money and prices")
    String currency() default "USD";
}
