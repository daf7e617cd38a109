package org.papertrader.itests.bridge;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.papertrader.itests.exam.PaxExamExtension;

/** Run by {@link BridgeControlTest} only. */
@ExtendWith(PaxExamExtension.class)
class FailingLifecycleFixture {

    @BeforeEach
    void before() {
        throw new IllegalStateException("before each");
    }

    @AfterEach
    void after() {
        throw new IllegalStateException("after each");
    }

    @Test
    void failsAroundIt() {
        throw new IllegalStateException("never reached");
    }
}
