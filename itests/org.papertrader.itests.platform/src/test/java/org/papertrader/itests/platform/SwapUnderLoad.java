package org.papertrader.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.papertrader.itests.bundles.Jars;

/**
 * In the container: swaps one bundle again and again while threads put load on the platform. A hot-swap test is then:
 *
 * <pre>{@code
 * SwapReport report = SwapUnderLoad.of(context, "org.papertrader.x").run(Way.BLUE_GREEN, load);
 * assertThat(report.failed()).as("%s", report).isZero();
 * }</pre>
 */
final class SwapUnderLoad {

    /** How a new version takes over from the old. */
    enum Way {
        /** The bundle's content is replaced: it stops, and starts again as the new one. */
        UPDATE_IN_PLACE,
        /** The same bundle stops and starts. */
        STOP_START,
        /** A second bundle of a higher version starts beside the first, which then leaves. */
        BLUE_GREEN
    }

    private static final int THREADS_USUAL = 4;
    private static final int SWAPS_USUAL = 5;
    private static final int REQUESTS_USUAL = 25;

    /** More than one request may take. */
    private static final Duration SETTLE_MAX = Duration.ofSeconds(90);

    private final BundleContext context;
    private final byte[] content;
    private Bundle current;
    private int swaps = SWAPS_USUAL;
    private int threadCount = THREADS_USUAL;
    /** So many requests must get through between two swaps, so that each swap meets load. */
    private int requestsBetween = REQUESTS_USUAL;

    private final List<Reference<ClassLoader>> left = new ArrayList<>();

    private SwapUnderLoad(BundleContext context, Bundle bundle, byte[] content) {
        this.context = context;
        this.current = bundle;
        this.content = content;
    }

    /** For a bundle of the distribution. */
    static SwapUnderLoad of(BundleContext context, String symbolicName) throws IOException {
        RunningPlatform platform = new RunningPlatform(context);
        byte[] content = Files.readAllBytes(platform.jar(symbolicName));
        return new SwapUnderLoad(context, platform.bundle(symbolicName), content);
    }

    /** For any bundle whose jar is at hand. */
    static SwapUnderLoad of(BundleContext context, Bundle bundle, byte[] content) {
        return new SwapUnderLoad(context, bundle, content);
    }

    /** Fewer swaps, where each takes long. */
    SwapUnderLoad times(int number) {
        swaps = number;
        return this;
    }

    /** Less load, where there are many swaps. */
    SwapUnderLoad lightly() {
        threadCount = 1;
        requestsBetween = 1;
        return this;
    }

    /** The class loaders of what is gone. */
    List<Reference<ClassLoader>> left() {
        return left;
    }

    /** Swaps while the load runs, and tells how the load fared. What the bundle offered before it offers afterwards. */
    SwapReport run(Way way, Load load) throws Exception {
        return run(load, (offered, threads) -> {
            switch (way) {
                case UPDATE_IN_PLACE -> update();
                case STOP_START -> {
                    current.stop();
                    current.start();
                }
                case BLUE_GREEN -> blueGreen(offered, threads);
            }
        });
    }

    /** As an update in place of a bundle whose packages others use: all of these are restarted, on the new packages. */
    SwapReport runRefreshing(Load load) throws Exception {
        return run(load, (offered, threads) -> {
            update();
            CountDownLatch refreshed = new CountDownLatch(1);
            context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                    .adapt(FrameworkWiring.class)
                    .refreshBundles(List.of(current), event -> refreshed.countDown());
            assertThat(refreshed.await(SETTLE_MAX.toSeconds(), TimeUnit.SECONDS))
                    .as("refreshed")
                    .isTrue();
        });
    }

    /**
     * A newer version takes over from the bundle, serves, starts again, and is taken away: the bundle itself goes on.
     *
     * @param both what holds while the newer one, which this gets, serves beside the bundle
     */
    SwapReport runAndTakeBack(Load load, Consumer<Bundle> both) throws Exception {
        return run(load, (offered, threads) -> {
            Bundle newer = newer();
            newer.start();
            awaitOffered(newer, offered);
            threads.awaitMore(requestsBetween, SETTLE_MAX);
            both.accept(newer);
            newer.stop();
            newer.start();
            awaitOffered(newer, offered);
            threads.awaitMore(requestsBetween, SETTLE_MAX);
            both.accept(newer);
            newer.stop();
            newer.uninstall();
        });
    }

    private SwapReport run(Load load, Swap swap) throws Exception {
        Set<String> offered = services(current);
        try (LoadThreads threads = new LoadThreads(threadCount, load)) {
            threads.awaitMore(requestsBetween, SETTLE_MAX);
            for (int i = 0; i < swaps; i++) {
                swap.once(offered, threads);
                awaitOffered(current, offered);
                threads.awaitMore(requestsBetween, SETTLE_MAX);
            }
            return threads.stop(swaps);
        }
    }

    /** Swaps the current bundle once. */
    @FunctionalInterface
    private interface Swap {
        void once(Set<String> offered, LoadThreads threads) throws Exception;
    }

    private void update() throws BundleException {
        left.add(loader(current));
        current.update(new ByteArrayInputStream(content));
    }

    private static Reference<ClassLoader> loader(Bundle bundle) {
        return new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
    }

    private void blueGreen(Set<String> offered, LoadThreads threads) throws BundleException, IOException {
        Bundle old = current;
        Bundle green = newer();
        green.start();
        awaitOffered(green, offered);
        // Both stand for a while: whoever puts a higher version into the deploy folder leaves it at that.
        threads.awaitMore(requestsBetween, SETTLE_MAX);
        left.add(loader(old));
        old.stop();
        old.uninstall();
        current = green;
    }

    private Bundle newer() throws BundleException, IOException {
        Version version = current.getVersion();
        Version next = new Version(version.getMajor(), version.getMinor(), version.getMicro() + 1);
        return context.installBundle(
                "swap:" + current.getSymbolicName() + ":" + next,
                new ByteArrayInputStream(Jars.restamp(content, next)));
    }

    private static void awaitOffered(Bundle bundle, Set<String> offered) {
        await().atMost(SETTLE_MAX).pollInterval(Duration.ofMillis(2)).untilAsserted(() -> {
            assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
            assertThat(services(bundle)).containsAll(offered);
        });
    }

    private static Set<String> services(Bundle bundle) {
        Set<String> types = new TreeSet<>();
        ServiceReference<?>[] references = bundle.getRegisteredServices();
        if (references != null) {
            for (ServiceReference<?> reference : references) {
                types.addAll(Arrays.asList((String[]) reference.getProperty(Constants.OBJECTCLASS)));
            }
        }
        return types;
    }
}
