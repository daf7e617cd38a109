package org.papertrader.itests.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import javax.inject.Inject;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.papertrader.itests.exam.HostPackages;
import org.papertrader.itests.exam.PaxExamExtension;

/** A second class in the same module has a container of its own, which all its tests share. */
@ExtendWith(PaxExamExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecondContainerTest {

    private static int afterEachCalls;

    @Inject
    private BundleContext context;

    @Configuration
    static Option[] configuration() {
        return new Option[] {
            frameworkProperty("papertrader.other").value("second"), HostPackages.ofLibraries(Assertions.class)
        };
    }

    @AfterEach
    void count() {
        afterEachCalls++;
    }

    @Test
    @Order(1)
    void hasItsOwnConfiguration() {
        assertEquals("second", context.getProperty("papertrader.other"));
        assertNull(context.getProperty("papertrader.test"));
        assertEquals(0, afterEachCalls);
    }

    @Test
    @Order(2)
    void sharesTheContainerWithTheTestBefore() {
        assertEquals(1, afterEachCalls, "the static field is that of the same bundle");
    }

    @Test
    @Order(3)
    void librariesOfTheHostCanBeShared() {
        Assertions.assertThat(FrameworkUtil.getBundle(Assertions.class)).isNull();
        assertTrue(context.getBundles().length < 20, "and bring no bundles with them");
    }
}
