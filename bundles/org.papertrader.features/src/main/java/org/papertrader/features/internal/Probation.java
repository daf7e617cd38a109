package org.papertrader.features.internal;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceReference;

/**
 * Watches whether new bundles are as good as those before: they run, their components too, whoever was served is served,
 * no health check turned red, and the framework reports no error of them.
 */
final class Probation implements AutoCloseable {
    private static final long LOOK_MS = 20;

    private final BundleContext context;
    private final Components components;
    private final Uses uses;
    private final HealthChecks health;
    private final long patienceMs;
    private final BoundedStep steps;
    private final Set<String> redBefore;
    private final Map<Bundle, String> errors = new ConcurrentHashMap<>();
    private final FrameworkListener listener = this::note;

    /** Begins to watch; {@code patienceMs} is what a bundle has to become good. */
    Probation(BundleContext context, long patienceMs, BoundedStep steps) throws InterruptedException {
        this.context = context;
        this.components = new Components(context);
        this.uses = new Uses(context);
        this.health = new HealthChecks(context);
        this.patienceMs = patienceMs;
        this.steps = steps;
        // Not kept as an answer for later: the change comes first, however soon that is.
        this.redBefore = Set.copyOf(health.redNow().keySet());
        context.addFrameworkListener(listener);
    }

    /**
     * What a bundle was before it is replaced.
     *
     * @param failing its components that did not run
     * @param served who used what it offered
     */
    record Before(Set<String> failing, Set<Uses.Use> served) {
        static final Before NOTHING = new Before(Set.of(), Set.of());
    }

    Before before(Bundle bundle) {
        return new Before(components.problems(bundle).keySet(), uses.of(bundle));
    }

    /** Waits until the bundle serves all that the one before served. False when it does not while that one is there. */
    boolean servesBeside(Bundle bundle, Before before) throws Failed, InterruptedException {
        return await(() -> problem(bundle, before, bundle::equals)).isEmpty();
    }

    /** Waits until the bundle is good and nobody misses the one before. */
    void require(Bundle bundle, Before before) throws Failed, InterruptedException {
        Optional<Problem> problem = await(() -> problem(bundle, before, any -> true));
        if (problem.isPresent()) {
            throw new Failed(problem.get());
        }
    }

    /** Waits until all is good and stays so for a while. */
    void settle(Map<Bundle, Before> bundles, long settleMs) throws Failed, InterruptedException {
        for (Bundle bundle : bundles.keySet()) {
            Optional<Problem> idle = wake(bundle);
            if (idle.isPresent()) {
                throw new Failed(idle.get());
            }
        }
        long deadline = now() + patienceMs + settleMs;
        long goodSince = now();
        while (true) {
            long looked = now();
            Optional<Problem> problem = problem(bundles);
            if (problem.isPresent()) {
                goodSince = now();
                if (problem.get().isLasting() || goodSince > deadline) {
                    throw new Failed(problem.get());
                }
            } else if (looked - goodSince >= settleMs) {
                // Time alone does not tell: a machine that stalls lets it pass without a look.
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }

    @Override
    public void close() {
        context.removeFrameworkListener(listener);
    }

    private Optional<Problem> problem(Map<Bundle, Before> bundles) throws InterruptedException {
        for (Map.Entry<Bundle, Before> entry : bundles.entrySet()) {
            Optional<Problem> problem = problem(entry.getKey(), entry.getValue(), any -> true);
            if (problem.isPresent()) {
                return problem;
            }
        }
        Map<String, String> red = new TreeMap<>(health.red());
        red.keySet().removeAll(redBefore);
        return red.entrySet().stream()
                .findFirst()
                .map(check -> Problem.passing("health check " + check.getKey() + " turned red: " + check.getValue()));
    }

    private Optional<Problem> problem(Bundle bundle, Before before, Predicate<Bundle> providers) {
        if (isFragment(bundle)) {
            return bundle.getState() == Bundle.RESOLVED
                    ? Optional.empty()
                    : Optional.of(Problem.passing(bundle.getSymbolicName() + " is a fragment of "
                            + bundle.getHeaders("").get(Constants.FRAGMENT_HOST)
                            + ", which is not there or runs without it"));
        }
        if (bundle.getState() != Bundle.ACTIVE && !isLazy(bundle)) {
            return Optional.of(Problem.passing(bundle.getSymbolicName() + " is not active"));
        }
        String error = errors.get(bundle);
        if (error != null) {
            return Optional.of(Problem.lasting(error));
        }
        Map<String, Problem> failing = components.problems(bundle);
        failing.keySet().removeAll(before.failing());
        Optional<Problem> first = failing.values().stream().findFirst();
        if (first.isPresent()) {
            return first;
        }
        return before.served().stream()
                .filter(use -> !uses.isServed(use, providers))
                .findFirst()
                .map(use -> Problem.passing(bundle.getSymbolicName() + " does not serve "
                        + use.user().getSymbolicName() + " with " + use.what()));
    }

    /** A component that nobody asked for yet has not been tried. */
    private Optional<Problem> wake(Bundle bundle) throws InterruptedException {
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
            if (service.getProperty("component.name") != null) {
                if (!works(service) && service.getBundle() != null) {
                    return Optional.of(components.problems(bundle).values().stream()
                            .filter(Problem::isLasting)
                            .findFirst()
                            .orElse(Problem.lasting(bundle.getSymbolicName() + " does not work: "
                                    + service.getProperty("component.name") + " does not activate")));
                }
            }
        }
        return Optional.empty();
    }

    private boolean works(ServiceReference<?> service) throws InterruptedException {
        try {
            return steps.run("a component", () -> {
                boolean works = context.getService(service) != null;
                context.ungetService(service);
                return works;
            });
        } catch (BundleException e) {
            return false;
        }
    }

    private Optional<Problem> await(Supplier<Optional<Problem>> question) throws Failed, InterruptedException {
        long deadline = now() + patienceMs;
        Optional<Problem> problem = question.get();
        while (problem.isPresent() && now() < deadline) {
            if (problem.get().isLasting()) {
                throw new Failed(problem.get());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            problem = question.get();
        }
        return problem;
    }

    private void note(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR && event.getThrowable() != null) {
            errors.putIfAbsent(
                    event.getBundle(),
                    event.getBundle().getSymbolicName() + " reports "
                            + event.getThrowable().toString().replaceAll("\\s+", " "));
        }
    }

    static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
    }

    private static boolean isLazy(Bundle bundle) {
        return bundle.getState() == Bundle.STARTING
                && bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY) != null;
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** What is new is not as good as what was. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Failed(Problem problem) {
            super(problem.line());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}
