package org.papertrader.features.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.feature.FeatureService;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Starts the feature manager. A plain activator: Declarative Services is itself part of a feature, so it is not there
 * yet. The launcher starts this bundle after those whose services it uses.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class FeaturesActivator implements BundleActivator {
    private static final long STOP_LIMIT_MS = 5_000;

    private @Nullable Work work;
    private @Nullable Thread thread;

    @Override
    public void start(BundleContext context) throws IOException {
        Announcer announcer = new Announcer(context);
        Configurations configurations = new Configurations(
                new OperatorFolder(Path.of(property(context, "papertrader.conf"))),
                Overrides.parse(property(context, "papertrader.set")),
                new AdminConfigurationStore(service(context, ConfigurationAdmin.class)),
                new BundleMetatype(context::getBundles),
                announcer::notice,
                announcer::changed);
        Admission admission = new Admission();
        context.addBundleListener(event -> {
            onBundle(event, configurations);
            tellKeptOut(event, admission, announcer);
        });
        for (Bundle bundle : context.getBundles()) {
            admission.admit(bundle);
        }
        context.registerService(ResolverHookFactory.class, admission, null);
        Installed installed = new Installed();
        FeatureFiles files = new FeatureFiles(service(context, FeatureService.class), context::getProperty);
        FeatureInstaller installer = new FeatureInstaller(context, admission);
        FeatureFolder folder = folder(context);
        Work changes = new Work(announcer::changed, announcer::unchanged);
        work = changes;
        FeatureManager manager = new FeatureManager(
                folder,
                files,
                installer,
                admission,
                configurations,
                new FolderWatch(Path.of(property(context, "papertrader.conf"))),
                announcer,
                features -> {
                    installed.set(features);
                    changes.open();
                });
        LiveFeatures live = new LiveFeatures(context, files, installer, configurations, folder, installed);
        command(
                context,
                FeatureCommands.SCOPE,
                FeatureCommands.FUNCTIONS,
                new FeatureCommands(installed, live, changes));
        command(
                context,
                ConfigValues.KINDS_SCOPE,
                ConfigValues.KINDS,
                new ConfigValues(installed, live, configurations));
        command(context, ConfigCommands.SCOPE, ConfigCommands.FUNCTIONS, new ConfigCommands(configurations));
        offerRepositoryCommands(context, configurations);
        Thread worker = new Thread(manager, "papertrader-features");
        // Bundles start on this thread. Nothing on the launcher's class path is meant for them, and libraries that find
        // no context loader use their own, which is right in a framework (JLine finds its terminals only so).
        worker.setContextClassLoader(null);
        worker.start();
        thread = worker;
    }

    @Override
    public void stop(BundleContext context) throws InterruptedException {
        Work changes = work;
        if (changes != null) {
            changes.stop();
        }
        Thread worker = thread;
        if (worker != null) {
            worker.interrupt();
            worker.join(STOP_LIMIT_MS);
        }
    }

    private static void onBundle(BundleEvent event, Configurations configurations) {
        if (event.getType() == BundleEvent.RESOLVED && BundleMetatype.isIn(event.getBundle())) {
            configurations.described();
        }
    }

    /** Else a jar in the deploy folder would be there, not run, and nothing would say why. */
    private static void tellKeptOut(BundleEvent event, Admission admission, Announcer announcer) {
        Bundle bundle = event.getBundle();
        boolean isFromElsewhere = event.getType() == BundleEvent.UPDATED
                || (event.getType() == BundleEvent.INSTALLED
                        && !bundle.getLocation().startsWith(FeatureInstaller.REFERENCE));
        if (isFromElsewhere && admission.keepsOut(bundle)) {
            announcer.notice(bundle.getSymbolicName() + " " + bundle.getVersion() + " cannot run: certificates are"
                    + " pinned, and only what comes by feature:install or feature:upgrade is checked");
        }
    }

    private static FeatureFolder folder(BundleContext context) {
        return new FeatureFolder(
                Path.of(property(context, "papertrader.home")).resolve("repository"),
                property(context, "papertrader.version"),
                FeatureManager.names(property(context, "papertrader.features")),
                Path.of(property(context, "papertrader.data")).resolve("features"));
    }

    /** They are made of a type of the shell, and so wait for it. */
    private static void offerRepositoryCommands(BundleContext context, Configurations configurations) {
        new ServiceTracker<Object, List<ServiceRegistration<?>>>(
                context, "org.apache.felix.service.command.CommandProcessor", null) {
            @Override
            public List<ServiceRegistration<?>> addingService(ServiceReference<Object> reference) {
                List<ServiceRegistration<?>> commands = new ArrayList<>();
                RepositoryCommand.all(configurations)
                        .forEach((name, command) ->
                                commands.add(command(context, RepositoryCommand.SCOPE, new String[] {name}, command)));
                return commands;
            }

            @Override
            public void removedService(ServiceReference<Object> reference, List<ServiceRegistration<?>> commands) {
                commands.forEach(ServiceRegistration::unregister);
            }
        }.open();
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

    private static ServiceRegistration<?> command(
            BundleContext context, String scope, String[] functions, Object commands) {
        return context.registerService(
                Object.class,
                commands,
                FrameworkUtil.asDictionary(Map.of("osgi.command.scope", scope, "osgi.command.function", functions)));
    }
}
