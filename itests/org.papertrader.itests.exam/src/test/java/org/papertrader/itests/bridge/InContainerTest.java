package org.papertrader.itests.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import javax.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.papertrader.itests.exam.PaxExamExtension;

@ExtendWith(PaxExamExtension.class)
class InContainerTest {

    @Inject
    private BundleContext context;

    private int beforeEachCalls;

    @Configuration
    Option[] configuration() {
        return new Option[] {frameworkProperty("papertrader.test").value("first")};
    }

    @BeforeEach
    void count() {
        assertNotNull(FrameworkUtil.getBundle(getClass()), "runs in the container only");
        beforeEachCalls++;
    }

    @Test
    void runsInABundleOfTheFrameworkUnderTest() {
        assertEquals("org.apache.felix.framework", context.getBundle(0).getSymbolicName());
        assertTrue(FrameworkUtil.getBundle(getClass()).getSymbolicName().startsWith("PAXEXAM-PROBE"));
        assertTrue(new VersionRange("[7,8)").includes(version(context)));
    }

    @Test
    void usesItsOwnConfigurationAndLifecycle() {
        assertEquals("first", context.getProperty("papertrader.test"));
        assertEquals(1, beforeEachCalls);
    }

    @Test
    @Tag("bridge")
    void tagsAndOtherParametersWork(TestInfo info) {
        assertTrue(info.getTags().contains("bridge"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void parametersWork(int value) {
        assertTrue(value == 1 || value == 2);
        assertThrows(IllegalStateException.class, () -> {
            throw new IllegalStateException();
        });
    }

    @Nested
    class Inside {
        @Test
        void nestedClassesShareTheContainer() {
            assertNotNull(context);
            assertNull(context.getProperty("papertrader.other"));
            assertEquals(1, beforeEachCalls);
        }
    }

    private static Version version(BundleContext context) {
        return context.getBundle(0).getVersion();
    }
}
