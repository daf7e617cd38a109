package org.papertrader.health.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of health. */
@ObjectClassDefinition(name = "Health", description = "How health checks are asked")
@interface HealthConfig {
    @AttributeDefinition(description = "What answers call this program")
    String role() default "papertrader";

    @AttributeDefinition(description = "Milliseconds that a check may take, 100 to 10000", min = "100", max = "10000")
    long timeoutMs() default 2_000;

    @AttributeDefinition(
            min = "0",
            description = "Milliseconds for which an answer is given again, 0 to 60000",
            max = "60000")
    long cacheMs() default 2_000;
}
