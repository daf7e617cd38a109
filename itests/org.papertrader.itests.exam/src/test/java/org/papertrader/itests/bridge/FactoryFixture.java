package org.papertrader.itests.bridge;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.papertrader.itests.exam.PaxExamExtension;

/** Run by {@link BridgeControlTest} only. */
@ExtendWith(PaxExamExtension.class)
class FactoryFixture {

    @TestFactory
    List<DynamicTest> tests() {
        return List.of(DynamicTest.dynamicTest("one", () -> {}));
    }
}
