package org.papertrader.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import javax.inject.Inject;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.papertrader.itests.bundles.TestBundle;
import org.papertrader.itests.exam.PaxExamExtension;
import org.papertrader.itests.platform.SwapUnderLoad.Way;

/**
 * What is swapped is gone: its class loader, threads, open files and sockets, and the framework's files of it. A few swaps
 * of some swappable bundles as a part of the build; {@code -Dpapertrader.leakSwaps=100} for more, {@code
 * -Dpapertrader.leakBundles=REGEX} for other bundles, {@code .} for all.
 */
@ExtendWith(PaxExamExtension.class)
@Tag("CARD-4")
class LeakTest {
    private static final System.Logger LOG = System.getLogger(LeakTest.class.getName());
    private static final int SWAPS = Integer.getInteger("papertrader.leakSwaps", 3);
    private static final Pattern PICKED = Pattern.compile(System.getProperty(
            "papertrader.leakBundles", "(gateway|relay|trading|marketdata|storage[.]h2|auth|shell|http|metrics)$"));
    private static final Duration GONE_MAX = Duration.ofSeconds(20);
    private static final Duration CONTROL_GONE_MAX = Duration.ofSeconds(5);
    private static final int CONTROL_SWAPS = 10;
    private static final long KIB = 1024;
    /** Trading fills caches: that of the database has 64 MiB. */
    private static final long HEAP_MORE_MAX = 100 * KIB * KIB;

    private static final long DIRECT_MORE_MAX = 16 * KIB * KIB;
    /** Some are loaded at their first use. */
    private static final long CLASSES_MORE_MAX = 3_000;

    @Inject
    private BundleContext context;

    private RunningPlatform platform;
    private Path storage;

    @Configuration
    static Option[] configuration() {
        // A trading day in four seconds: at the end of the data, which the long form would come to, the market closes.
        return DistributionUnderTest.of("standalone")
                .withTraders()
                .set("org.papertrader.marketdata", "acceleration", "21600")
                .options();
    }

    @BeforeEach
    void awaitReady() {
        platform = new RunningPlatform(context);
        platform.awaitReady();
        storage = Path.of(context.getProperty(Constants.FRAMEWORK_STORAGE));
    }

    @Test
    void nothingIsLeftOfWhatWasSwapped() throws Exception {
        List<String> leaks = new ArrayList<>();
        Holdings first = collected();
        try (Trader trader = Trader.demanding(platform)) {
            for (Bundle bundle : swappable()) {
                for (Way way : List.of(Way.UPDATE_IN_PLACE, Way.BLUE_GREEN)) {
                    String name = bundle.getSymbolicName();
                    SwapUnderLoad.of(context, name).lightly().times(1).run(way, trader::round);
                    SwapUnderLoad swapping = SwapUnderLoad.of(context, name).lightly();
                    List<String> found = leaks(swapping, way, SWAPS, trader::round, GONE_MAX);
                    LOG.log(System.Logger.Level.INFO, "{0}, {1}: {2} {3}", name, way, SWAPS, found);
                    found.forEach(leak -> leaks.add(name + ", " + way + ": " + leak));
                }
            }
            trader.checkOrders();
            trader.checkConnections();
        }
        assertThat(leaks).isEmpty();
        Holdings last = collected();
        LOG.log(
                System.Logger.Level.INFO,
                "heap {0} to {1} KiB, direct {2} to {3} KiB, classes {4} to {5}",
                first.heapBytes() / KIB,
                last.heapBytes() / KIB,
                first.directBytes() / KIB,
                last.directBytes() / KIB,
                first.classes(),
                last.classes());
        assertThat(last.heapBytes()).as("heap").isLessThan(first.heapBytes() + HEAP_MORE_MAX);
        assertThat(last.directBytes()).as("buffers outside of it").isLessThan(first.directBytes() + DIRECT_MORE_MAX);
        assertThat(last.classes()).as("classes").isLessThan(first.classes() + CLASSES_MORE_MAX);
    }

    private Holdings collected() {
        System.gc();
        return Holdings.now(storage);
    }

    /** Control: each kind of leak is found, and none where there is none. */
    @ParameterizedTest
    @EnumSource
    void leaksOnPurposeAreFound(LeakingActivator.Kind kind) throws Exception {
        System.setProperty(LeakingActivator.KIND, kind.name());
        byte[] content = TestBundle.of("org.papertrader.it.leaking", "1.0.0")
                .type(LeakingActivator.Kind.class)
                .type(LeakingActivator.Listener.class)
                .activator(LeakingActivator.class, "org.osgi.framework")
                .bytes();
        Bundle leaking = context.installBundle("it:leaking:" + kind, new ByteArrayInputStream(content));
        try {
            leaking.start();
            SwapUnderLoad swapping = SwapUnderLoad.of(context, leaking, content).lightly();
            List<String> leaks = leaks(swapping, Way.UPDATE_IN_PLACE, CONTROL_SWAPS, () -> {}, CONTROL_GONE_MAX);
            if (kind == LeakingActivator.Kind.NONE) {
                assertThat(leaks).isEmpty();
            } else {
                assertThat(leaks).anySatisfy(leak -> assertThat(leak).contains(kind.trace));
            }
        } finally {
            leaking.uninstall();
            System.getProperties().keySet().removeIf(key -> !(key instanceof String));
        }
    }

    /** Those that export nothing, and of which two versions may stand beside each other. */
    private List<Bundle> swappable() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("org.papertrader."))
                .filter(bundle -> !bundle.getSymbolicName().startsWith("org.papertrader.it"))
                .filter(bundle -> PICKED.matcher(bundle.getSymbolicName()).find())
                .filter(bundle -> {
                    var headers = bundle.getHeaders("");
                    return headers.get(Constants.FRAGMENT_HOST) == null
                            && headers.get(Constants.EXPORT_PACKAGE) == null
                            && !headers.get(Constants.BUNDLE_SYMBOLICNAME).contains("singleton:=true");
                })
                .toList();
    }

    private List<String> leaks(SwapUnderLoad swapping, Way way, int swaps, Load load, Duration goneMax)
            throws Exception {
        Holdings before = Holdings.now(storage);
        swapping.times(swaps).run(way, load);
        List<String> leaks = new ArrayList<>();
        List<Reference<ClassLoader>> left = swapping.left();
        // One that is still cached somewhere, in a bounded way, is no leak.
        if (!eventually(goneMax, () -> held(left) <= 1)) {
            leaks.add(held(left) + " of " + left.size() + " class loaders");
        }
        long many = Math.max(2, swaps / 2);
        if (!eventually(goneMax, () -> growth(before, many).isEmpty())) {
            leaks.add(growth(before, many).toString());
        }
        return leaks;
    }

    private Map<String, Long> growth(Holdings before, long many) {
        return Holdings.now(storage).growth(before, many);
    }

    private static long held(List<Reference<ClassLoader>> left) {
        return left.stream().filter(loader -> loader.get() != null).count();
    }

    private static boolean eventually(Duration goneMax, Callable<Boolean> good) {
        try {
            await().atMost(goneMax).pollDelay(Duration.ZERO).until(() -> {
                System.gc();
                return good.call();
            });
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }
}
