package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Hashtable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
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
    void whatIsOnlyInTheWayIsTriedAgain() throws Exception {
        FailingBundle busy = new FailingBundle(
                new BundleException("Unable to acquire global lock for resolve.", BundleException.RESOLVE_ERROR),
                new BundleException("it is being refreshed", BundleException.STATECHANGE_ERROR));
        FeatureInstaller.startNow(busy.bundle());
        assertThat(busy.starts()).isEqualTo(3);
    }

    @Test
    void whatIsMissingIsNotWaitedFor() {
        FailingBundle incomplete = new FailingBundle(new BundleException(
                "Unable to resolve a [9](R 9.0): missing requirement [a [9](R 9.0)] osgi.wiring.package;"
                        + " (osgi.wiring.package=b) Unresolved requirements: [[a [9](R 9.0)] x]",
                BundleException.RESOLVE_ERROR));
        assertThatThrownBy(() -> FeatureInstaller.startNow(incomplete.bundle())).isInstanceOf(BundleException.class);
        assertThat(incomplete.starts()).isEqualTo(1);
    }

    @Test
    void whatFailsByItselfIsNotTriedAgain() {
        FailingBundle broken = new FailingBundle(new BundleException("no port", BundleException.ACTIVATOR_ERROR));
        assertThatThrownBy(() -> FeatureInstaller.startNow(broken.bundle())).hasMessage("no port");
        assertThat(broken.starts()).isEqualTo(1);
    }

    @Test
    void fallsBackToTheMessageAndItsCause() {
        BundleException failure = new BundleException("Activator start error.", new IllegalStateException("no\nport"));

        assertThat(StartFailure.reason(failure))
                .contains("Activator start error.")
                .contains("no");
    }

    /** A bundle whose first starts fail, each for its reason. */
    private static final class FailingBundle {
        private final Deque<BundleException> failures;
        private int starts;

        FailingBundle(BundleException... failures) {
            this.failures = new ArrayDeque<>(List.of(failures));
        }

        int starts() {
            return starts;
        }

        Bundle bundle() {
            return (Bundle) Proxy.newProxyInstance(
                    Bundle.class.getClassLoader(), new Class<?>[] {Bundle.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("getHeaders")) {
                            return new Hashtable<>();
                        }
                        starts++;
                        BundleException failure = failures.poll();
                        if (failure != null) {
                            throw failure;
                        }
                        return null;
                    });
        }
    }
}
