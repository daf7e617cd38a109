package org.papertrader.deploy.internal;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
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

    private final BundleContext context;
    /** Number of the bundle that came from a file. */
    private final Map<File, Long> deployed = new ConcurrentHashMap<>();

    /** Knows again what came from the folder before this bundle was itself swapped. */
    @Activate
    public DirectedBundles(BundleContext context) {
        this.context = context;
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
                bundle.update(content);
                refreshUsers(bundle);
            } else {
                bundle = context.installBundle(location(file), content);
            }
            deployed.put(file, bundle.getBundleId());
            if ((bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) == 0) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
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
        } else {
            // As it came, from where it came.
            bundle.update();
        }
        refreshUsers(bundle);
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

    /** Those who import from it go on with what is there now. */
    private void refreshUsers(Bundle changed) {
        FrameworkWiring wiring =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        Collection<Bundle> concerned = wiring.getDependencyClosure(List.of(changed));
        if (concerned.size() > 1) {
            wiring.refreshBundles(List.of(changed));
        }
    }
}
