package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleException;

class StartFailureTest {
    @Test
    void namesTheInnermostRequirement() {
        BundleException failure = new BundleException("Unable to resolve org.papertrader.master [12](R 12.0): missing"
                + " requirement [org.papertrader.master [12](R 12.0)] osgi.wiring.package;"
                + " (&(osgi.wiring.package=org.papertrader.gate)(version>=1.0.0)(!(version>=2.0.0))) [caused by:"
                + " Unable to resolve org.papertrader.gate [11](R 11.0): missing requirement [org.papertrader.gate"
                + " [11](R 11.0)] osgi.wiring.package; (osgi.wiring.package=a.b)] Unresolved requirements: [[x] y]");

        assertThat(StartFailure.reason(failure)).isEqualTo("org.papertrader.gate needs package a.b");
    }

    @Test
    void leavesOutWhatOnlyRepeats() {
        BundleException failure = new BundleException("Unable to resolve a [9](R 9.0): missing requirement [a [9](R"
                + " 9.0)] osgi.wiring.package; (osgi.wiring.package=b) Unresolved requirements: [[a [9](R 9.0)] x]");

        assertThat(StartFailure.reason(failure)).isEqualTo("a needs package b");
    }

    @Test
    void fallsBackToTheMessageAndItsCause() {
        BundleException failure = new BundleException("Activator start error.", new IllegalStateException("no\nport"));

        assertThat(StartFailure.reason(failure))
                .contains("Activator start error.")
                .contains("no");
    }
}
