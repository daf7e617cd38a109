package org.papertrader.deploy.internal;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Jars in the folder for hot deployment that take the place of a bundle which is there (CARD-6): of the same version, or of a
 * singleton of any. When such a jar is removed that bundle comes back, where File Install would uninstall it. File Install
 * also compares a symbolic name with its directives, so it would not find the bundle that is to be updated.
 */
@Component(property = Constants.SERVICE_RANKING + ":Integer=100")
public final class DirectedBundles implements ArtifactInstaller {
    private static final String FOLDER = "felix.fileinstall.dir";

    private static final Set<Integer> PASSING =
            Set.of(BundleException.RESOLVE_ERROR, BundleException.STATECHANGE_ERROR);
    private static final int TRIES_MAX = 20;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration REFRESHED_MAX = Duration.ofSeconds(30);

    private final BundleContext context;
    /** Kept from the beginning: when this bundle is itself replaced, its context is of no use any more. */
    private final FrameworkWiring wiring;

    /** Number of the bundle that came from a file. */
    private final Map<File, Long> deployed = new ConcurrentHashMap<>();

    /** Knows again what came from the folder before this bundle was itself swapped. */
    @Activate
    public DirectedBundles(BundleContext context) {
        this.context = context;
        this.wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        File[] files = new File(String.valueOf(context.getProperty(FOLDER))).listFiles(DirectedBundles::isJar);
        for (File file : files == null ? new File[0] : files) {
            BundleName.of(file).flatMap(this::same).ifPresent(bundle -> deployed.put(file, bundle.getBundleId()));
        }
    }

    @Override
    public boolean canHandle(File file) {
        return isJar(file)
                && BundleName.of(file)
                        .filter(name -> name.hasDirectives() || replaces(file, name))
                        .isPresent();
    }

    /** It is the version of a bundle that came from elsewhere. */
    private boolean replaces(File file, BundleName name) {
        return same(name)
                .filter(bundle -> !bundle.getLocation().equals(location(file)))
                .isPresent();
    }

    @Override
    public void install(File file) throws IOException, BundleException {
        BundleName name = BundleName.of(file).orElseThrow(() -> new IOException(file + " is no bundle any more"));
        Optional<Bundle> present = present(name);
        try (InputStream content = Files.newInputStream(file.toPath())) {
            Bundle bundle;
            if (present.isPresent()) {
                bundle = present.get();
                replace(bundle, content);
            } else {
                bundle = context.installBundle(location(file), content);
            }
            deployed.put(file, bundle.getBundleId());
            if ((bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) == 0) {
                start(bundle);
            }
        }
    }

    @Override
    public void update(File file) throws IOException, BundleException {
        install(file);
    }

    @Override
    public void uninstall(File file) throws BundleException {
        Long id = deployed.remove(file);
        Bundle bundle = id == null ? null : context.getBundle(id);
        if (bundle == null) {
            return;
        } else if (bundle.getLocation().equals(location(file))) {
            bundle.uninstall();
            refreshUsers(bundle);
        } else {
            // As it came, from where it came.
            replace(bundle, null);
            if (bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()) {
                start(bundle);
            }
        }
    }

    /**
     * Gives a bundle other content, and leaves it stopped: the framework tries to start what it updates only once. When it
     * cannot, the bundle runs on as it was.
     *
     * @param content of the jar; null: as it was installed
     */
    private void replace(Bundle bundle, @Nullable InputStream content) throws BundleException {
        boolean runs = (bundle.getState() & (Bundle.STARTING | Bundle.ACTIVE)) != 0;
        if (runs) {
            bundle.stop(Bundle.STOP_TRANSIENT);
        }
        try {
            bundle.update(content);
        } catch (BundleException e) {
            if (runs) {
                start(bundle);
            }
            throw e;
        }
        refreshUsers(bundle);
    }

    /** Tries for a while: the framework refuses to resolve or start what it refreshes or resolves on another thread. */
    private static void start(Bundle bundle) throws BundleException {
        for (int tries = 1; ; tries++) {
            try {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
                return;
            } catch (BundleException e) {
                if (!PASSING.contains(e.getType()) || tries == TRIES_MAX) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static boolean isJar(File file) {
        return file.getName().endsWith(".jar");
    }

    private static String location(File file) {
        return file.toURI().toString();
    }

    private Optional<Bundle> same(BundleName name) {
        return named(name)
                .filter(bundle -> bundle.getVersion().equals(name.version()))
                .findFirst();
    }

    private Stream<Bundle> named(BundleName name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> name.symbolicName().equals(bundle.getSymbolicName()));
    }

    private Optional<Bundle> present(BundleName name) {
        return same(name).or(() -> name.singleton() ? named(name).findFirst() : Optional.empty());
    }

    /** Those who import from it go on with what is there now; returns when they do. */
    private void refreshUsers(Bundle changed) {
        if (wiring.getDependencyClosure(List.of(changed)).size() > 1) {
            CountDownLatch refreshed = new CountDownLatch(1);
            wiring.refreshBundles(List.of(changed), event -> refreshed.countDown());
            try {
                refreshed.await(REFRESHED_MAX.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
