package org.papertrader.itests.bridge;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.papertrader.itests.exam.PaxExamExtension;

/** Run by {@link BridgeControlTest} only. */
@ExtendWith(PaxExamExtension.class)
class BrokenConfigurationFixture {

    @Configuration
    Option[] configuration() {
        throw new IllegalStateException("no such option");
    }

    @Test
    void neverRuns() {}
}
