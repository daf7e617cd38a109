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
 * Jars in the folder for hot deployment whose symbolic name has directives (CARD-6). File Install compares the header as
 * it is written, so it would not find the bundle that is to be updated, and fail to install a second one. Of a singleton
 * any other version is replaced, since the two could not stand beside each other.
 */
@Component(property = Constants.SERVICE_RANKING + ":Integer=100")
public final class DirectedBundles implements ArtifactInstaller {
    private final BundleContext context;
    /** Number of the bundle that came from a file. */
    private final Map<File, Long> deployed = new ConcurrentHashMap<>();

    @Activate
    public DirectedBundles(BundleContext context) {
        this.context = context;
    }

    @Override
    public boolean canHandle(File file) {
        return file.getName().endsWith(".jar")
                && BundleName.of(file).filter(BundleName::hasDirectives).isPresent();
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
                bundle = context.installBundle(file.toURI().toString(), content);
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
        if (bundle != null) {
            bundle.uninstall();
            refreshUsers(bundle);
        }
    }

    private Optional<Bundle> present(BundleName name) {
        List<Bundle> same = Arrays.stream(context.getBundles())
                .filter(bundle -> name.symbolicName().equals(bundle.getSymbolicName()))
                .toList();
        return same.stream()
                .filter(bundle -> bundle.getVersion().equals(name.version()))
                .findFirst()
                .or(() -> name.singleton() ? same.stream().findFirst() : Optional.empty());
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
