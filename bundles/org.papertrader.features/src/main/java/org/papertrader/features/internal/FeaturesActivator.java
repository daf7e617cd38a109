package org.papertrader.features.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.feature.FeatureService;

/**
 * Starts the feature manager. A plain activator: Declarative Services is itself part of a feature, so it is not there
 * yet. The launcher starts this bundle after those whose services it uses.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class FeaturesActivator implements BundleActivator {
    private static final long STOP_LIMIT_MS = 5_000;

    private @Nullable Thread thread;

    @Override
    public void start(BundleContext context) throws IOException {
        Announcer announcer = new Announcer(context);
        Configurations configurations = new Configurations(
                new OperatorFolder(Path.of(property(context, "papertrader.conf"))),
                Overrides.parse(property(context, "papertrader.set")),
                new AdminConfigurationStore(service(context, ConfigurationAdmin.class)),
                new BundleMetatype(context::getBundles),
                announcer::notice);
        Path home = Path.of(property(context, "papertrader.home"));
        FeatureManager manager = new FeatureManager(
                FeatureManager.names(property(context, "papertrader.features")),
                new FeatureFiles(
                        home.resolve("features"), service(context, FeatureService.class), context::getProperty),
                new FeatureInstaller(context, new MavenLayout(home.resolve("repository"))),
                configurations,
                new FolderWatch(Path.of(property(context, "papertrader.conf"))),
                announcer);
        command(context, FeatureCommands.SCOPE, FeatureCommands.FUNCTIONS, new FeatureCommands(manager::installed));
        command(context, ConfigCommands.SCOPE, ConfigCommands.FUNCTIONS, new ConfigCommands(configurations));
        Thread worker = new Thread(manager, "papertrader-features");
        // Bundles start on this thread. Nothing on the launcher's class path is meant for them, and libraries that find
        // no context loader use their own, which is right in a framework (JLine finds its terminals only so).
        worker.setContextClassLoader(null);
        worker.start();
        thread = worker;
    }

    @Override
    public void stop(BundleContext context) throws InterruptedException {
        Thread worker = thread;
        if (worker != null) {
            worker.interrupt();
            worker.join(STOP_LIMIT_MS);
        }
    }

    private static String property(BundleContext context, String name) {
        String value = context.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("framework property " + name + " is not set");
        }
        return value;
    }

    private static <S> S service(BundleContext context, Class<S> type) {
        ServiceReference<S> reference = context.getServiceReference(type);
        if (reference == null) {
            throw new IllegalStateException("no " + type.getName());
        }
        return context.getService(reference);
    }

    private static void command(BundleContext context, String scope, String[] functions, Object commands) {
        context.registerService(
                Object.class,
                commands,
                FrameworkUtil.asDictionary(Map.of("osgi.command.scope", scope, "osgi.command.function", functions)));
    }
}
