package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/** Which of several versions begins anew after it lost its orders to another. */
@Tag("CARD-4")
class SuccessionTest {
    private static final String NAME = "org.papertrader.trading";

    private final Map<Bundle, Integer> states = new ConcurrentHashMap<>();
    private final List<Bundle> bundles = new ArrayList<>();
    private final Bundle system = bundle("system", "1", Bundle.ACTIVE);
    private final Bundle own = bundle(NAME, "2", Bundle.ACTIVE);
    private int checked;
    private int resumed;
    private final Succession succession = new Succession(context(), () -> checked++, () -> resumed++);

    @Test
    void itBeginsAnewOnceWhenTheLastNewerOneHasStopped() {
        Bundle newer = bundle(NAME, "3", Bundle.ACTIVE);
        Bundle newest = bundle(NAME, "4", Bundle.ACTIVE);
        succession.open();
        succession.lost();
        stop(newer);
        assertThat(resumed).isZero();
        stop(newest);
        assertThat(resumed).isOne();
        start(newest);
        stop(newest);
        assertThat(resumed).isOne();
    }

    @Test
    void itBeginsAnewAtOnceWhenTheNewerOneIsGoneBeforeItKnows() {
        succession.open();
        Bundle newer = bundle(NAME, "3", Bundle.INSTALLED);
        start(newer);
        stop(newer);
        assertThat(resumed).isZero();
        succession.lost();
        assertThat(resumed).isOne();
    }

    @Test
    void itDoesNotBeginBesideANewerOneAndTakesItsTurnAfterIt() {
        Bundle newer = bundle(NAME, "3", Bundle.ACTIVE);
        assertThat(succession.open()).isFalse();
        assertThat(resumed).isZero();
        stop(newer);
        assertThat(resumed).isOne();
    }

    /** Its own registration and that of others, such as the edge's, tell nothing. */
    @Test
    void itLooksWhetherItHasLostWhenAnotherVersionTradesOrHasStopped() {
        Bundle newer = bundle(NAME, "3", Bundle.INSTALLED);
        assertThat(succession.open()).isTrue();
        registered(own);
        registered(bundle("another", "3", Bundle.ACTIVE));
        start(newer);
        assertThat(checked).isZero();
        registered(newer);
        assertThat(checked).isOne();
        stop(newer);
        assertThat(checked).isEqualTo(2);
        assertThat(succession.lost()).isTrue();
        assertThat(resumed).isOne();
    }

    /** The older one hears that a newer one runs, and waits. */
    @Test
    void theNewestWinsAgainstAnOlderOneThatStartsLater() {
        Bundle older = bundle(NAME, "1", Bundle.INSTALLED);
        succession.open();
        start(older);
        succession.lost();
        assertThat(resumed).isOne();
    }

    @Test
    void whoLostToAnybodyElseIsOut() {
        bundle(NAME, "1", Bundle.ACTIVE);
        Bundle other = bundle("another", "3", Bundle.ACTIVE);
        succession.open();
        assertThat(succession.lost()).isFalse();
        stop(other);
        start(other);
        assertThat(resumed).isZero();
    }

    @Test
    void whoHasNotLostGoesOn() {
        Bundle newer = bundle(NAME, "3", Bundle.INSTALLED);
        succession.open();
        start(newer);
        stop(newer);
        assertThat(resumed).isZero();
    }

    @Test
    void nobodyBeginsAnewInTheEnd() {
        Bundle newer = bundle(NAME, "3", Bundle.ACTIVE);
        succession.open();
        succession.lost();
        for (Bundle ending : List.of(system, own)) {
            states.put(ending, Bundle.STOPPING);
            stop(newer);
            states.put(ending, Bundle.ACTIVE);
            states.put(newer, Bundle.ACTIVE);
        }
        succession.close();
        stop(newer);
        assertThat(resumed).isZero();
    }

    private void registered(Bundle bundle) {
        ServiceReference<?> reference = (ServiceReference<?>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, arguments) -> bundle);
        succession.serviceChanged(new ServiceEvent(ServiceEvent.REGISTERED, reference));
    }

    private void start(Bundle bundle) {
        states.put(bundle, Bundle.STARTING);
        succession.bundleChanged(new BundleEvent(BundleEvent.STARTING, bundle));
        states.put(bundle, Bundle.ACTIVE);
        succession.bundleChanged(new BundleEvent(BundleEvent.STARTED, bundle));
    }

    private void stop(Bundle bundle) {
        states.put(bundle, Bundle.STOPPING);
        succession.bundleChanged(new BundleEvent(BundleEvent.STOPPING, bundle));
        states.put(bundle, Bundle.RESOLVED);
        succession.bundleChanged(new BundleEvent(BundleEvent.STOPPED, bundle));
    }

    private Bundle bundle(String name, String version, int state) {
        long id = bundles.size();
        Bundle bundle = (Bundle) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Bundle.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getBundleId" -> id;
                    case "getSymbolicName" -> name;
                    case "getVersion" -> new Version(version);
                    case "getState" -> states.get((Bundle) proxy);
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> (int) id;
                    case "toString" -> name + version;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        states.put(bundle, state);
        bundles.add(bundle);
        return bundle;
    }

    private BundleContext context() {
        return (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getBundle" -> arguments == null ? own : system;
                    case "getBundles" -> bundles.toArray(Bundle[]::new);
                    case "addBundleListener", "removeBundleListener", "addServiceListener", "removeServiceListener" ->
                        null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
