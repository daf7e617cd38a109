package org.papertrader.itests.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.FrameworkUtil;
import org.papertrader.itests.exam.PaxExamExtension;

/** Run by {@link BridgeControlTest} only. */
@ExtendWith(PaxExamExtension.class)
class FailingFixture {

    static final int FAILING_LINE = 27;

    @Test
    void passes() {
        assertNotNull(FrameworkUtil.getBundle(getClass()));
    }

    @Test
    void failsOnPurpose() {
        assertEquals(1, 2, "seen on the host");
    }

    @Test
    void throwsAnything() throws IOException {
        throw new IOException("checked");
    }

    @Test
    void assumesTooMuch() {
        assumeTrue(false, "not today");
    }

    @Test
    @Disabled("on purpose")
    void isDisabled() {
        throw new IllegalStateException();
    }
}
