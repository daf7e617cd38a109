package org.papertrader.features.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.papertrader.features.internal.Probation.Before;
import org.papertrader.features.internal.Probation.Failed;

/**
 * Changes to the framework's bundles, one bundle after the other, each of which can be taken back. What leaves stays
 * installed until {@link #clear}.
 */
final class BundleChanges {
    private static final long REFRESH_MAX_S = 60;

    private final BundleContext context;
    private final FeatureInstaller installer;
    private final Probation probation;
    private final BoundedStep steps;
    private final Deque<Step> undo = new ArrayDeque<>();
    private final List<Bundle> leaving = new ArrayList<>();
    private final Map<Bundle, Before> arrived = new LinkedHashMap<>();
    private final Map<Bundle, Bundle> returned = new HashMap<>();

    BundleChanges(BundleContext context, FeatureInstaller installer, Probation probation, BoundedStep steps) {
        this.context = context;
        this.installer = installer;
        this.probation = probation;
        this.steps = steps;
    }

    /** Something that takes a change back. */
    @FunctionalInterface
    private interface Step {
        void run() throws BundleException, FeatureException, InterruptedException;
    }

    /** New bundles so far, and what they have to live up to. */
    Map<Bundle, Before> arrived() {
        return arrived;
    }

    /** Installs a bundle that takes nobody's place, without starting it: others of the feature may need its packages. */
    Bundle add(FeatureInstaller.Content content) throws FeatureException {
        Bundle bundle = installer.install(content);
        undo.push(() -> uninstall(List.of(bundle)));
        arrived.put(bundle, Before.NOTHING);
        return bundle;
    }

    /** Puts another bundle in the place of one; how, is told in a word. */
    Bundle replace(Bundle old, FeatureInstaller.Content content)
            throws BundleException, FeatureException, Failed, InterruptedException {
        Before before = probation.before(old);
        Bundle fresh = canStandBeside(old, content) ? beside(old, content, before) : inPlace(old, content, before);
        arrived.remove(old);
        arrived.put(fresh, before);
        return fresh;
    }

    /** Starts a bundle, unless it takes too long. */
    void start(Bundle bundle) throws BundleException, InterruptedException {
        steps.run("the start of " + bundle.getSymbolicName(), () -> {
            FeatureInstaller.startNow(bundle);
            return bundle;
        });
    }

    private void stop(Bundle bundle) throws BundleException, InterruptedException {
        steps.run("the stop of " + bundle.getSymbolicName(), () -> {
            bundle.stop();
            return bundle;
        });
    }

    private void uninstall(Bundle bundle) throws BundleException, InterruptedException {
        if (bundle.getState() != Bundle.UNINSTALLED) {
            steps.run("the end of " + bundle.getSymbolicName(), () -> {
                bundle.uninstall();
                return bundle;
            });
        }
    }

    /** Stops a bundle that is no longer part of anything. */
    void retire(Bundle old) throws BundleException, InterruptedException {
        boolean ran = old.getState() == Bundle.ACTIVE;
        if (ran) {
            undo.push(() -> start(old));
            stop(old);
        }
        leaving.add(old);
    }

    /** Takes all back, the last first. Answers what could not be. */
    List<String> rollBack() throws InterruptedException {
        List<String> problems = new ArrayList<>();
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (BundleException e) {
                problems.add(StartFailure.reason(e));
            } catch (FeatureException e) {
                problems.add(e.line());
            }
        }
        return problems;
    }

    /** What stands for a bundle after all was taken back: one that was replaced in place was installed anew. */
    Bundle now(Bundle before) {
        return returned.getOrDefault(before, before);
    }

    /** Uninstalls what left; there is no way back any more. */
    void clear() throws BundleException, InterruptedException {
        uninstall(leaving);
    }

    /** Whether the old one can go on while the new one comes up: it exports nothing, and two of it are allowed. */
    static boolean canStandBeside(Bundle old, FeatureInstaller.Content content) {
        var headers = old.getHeaders("");
        String name = String.valueOf(headers.get(Constants.BUNDLE_SYMBOLICNAME));
        return headers.get(Constants.FRAGMENT_HOST) == null
                && headers.get(Constants.EXPORT_PACKAGE) == null
                && !name.replaceAll("\\s", "").contains("singleton:=true")
                && !old.getVersion().equals(content.version());
    }

    private Bundle beside(Bundle old, FeatureInstaller.Content content, Before before)
            throws BundleException, FeatureException, Failed, InterruptedException {
        Bundle fresh = installer.install(content);
        undo.push(() -> uninstall(List.of(fresh)));
        start(fresh);
        // One that needs what the old one holds serves only when that is gone.
        boolean serves = probation.servesBeside(fresh, before);
        undo.push(() -> {
            start(old);
            awaitBack(old, before);
        });
        stop(old);
        leaving.add(old);
        if (!serves || !before.served().isEmpty()) {
            probation.require(fresh, before);
        }
        return fresh;
    }

    private Bundle inPlace(Bundle old, FeatureInstaller.Content content, Before before)
            throws BundleException, FeatureException, Failed, InterruptedException {
        boolean ran = old.getState() == Bundle.ACTIVE;
        List<Bundle> users = users(old);
        FeatureInstaller.Content former = installer.contentOf(old);
        AtomicReference<Bundle> present = new AtomicReference<>(old);
        undo.push(() -> {
            Bundle again = exchange(present, former, ran, users);
            returned.put(old, again);
            if (ran) {
                awaitBack(again, before);
            }
        });
        Bundle fresh = exchange(present, content, true, users);
        probation.require(fresh, before);
        return fresh;
    }

    /** Whoever uses packages of the one goes on with those of the other, which must be there before they start anew. */
    private Bundle exchange(
            AtomicReference<Bundle> present, FeatureInstaller.Content content, boolean run, List<Bundle> users)
            throws BundleException, FeatureException, InterruptedException {
        Bundle leaving = Objects.requireNonNull(present.get(), "never without");
        uninstall(leaving);
        Bundle fresh = installer.install(content);
        present.set(fresh);
        refresh(List.of(leaving));
        if (run) {
            start(fresh);
        }
        for (Bundle user : users) {
            start(user);
        }
        return fresh;
    }

    /** Those that run and start anew when a bundle goes, the first started first. */
    private List<Bundle> users(Bundle bundle) {
        return wiring().getDependencyClosure(List.of(bundle)).stream()
                .filter(user -> !user.equals(bundle) && user.getState() == Bundle.ACTIVE)
                .sorted(Comparator.comparingInt((Bundle user) ->
                                user.adapt(BundleStartLevel.class).getStartLevel())
                        .thenComparingLong(Bundle::getBundleId))
                .toList();
    }

    /** That the old serves again before what replaced it goes. */
    private void awaitBack(Bundle old, Before before) throws InterruptedException {
        try {
            probation.servesBeside(old, before);
        } catch (Failed notAsBefore) {
            // There is nothing better to go back to.
        }
    }

    private void uninstall(Collection<Bundle> bundles) throws BundleException, InterruptedException {
        for (Bundle bundle : bundles) {
            uninstall(bundle);
        }
        refresh(bundles);
    }

    private void refresh(Collection<Bundle> bundles) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        wiring().refreshBundles(bundles, event -> refreshed.countDown());
        refreshed.await(REFRESH_MAX_S, TimeUnit.SECONDS);
    }

    private FrameworkWiring wiring() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }
}
