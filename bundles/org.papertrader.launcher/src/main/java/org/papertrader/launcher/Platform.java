package org.papertrader.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The OSGi framework of one distribution on one data directory. */
final class Platform {
    /** How long an orderly stop may take before the process ends without it. */
    static final long STOP_LIMIT_MS = TimeUnit.SECONDS.toMillis(20);

    private static final int START_LEVEL_MAX = 100;
    /** DS waits so long for a component's lock; well above the 3 s that a gate may take to drain. */
    private static final int DS_LOCK_LIMIT_MS = 15_000;

    private final Framework framework;

    /** @param variables framework properties beside those that follow from distribution and options */
    Platform(Distribution distribution, Options options, Map<String, String> variables) throws LaunchException {
        FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow(() -> new LaunchException(ExitCode.START_FAILED, "no OSGi framework in lib/"));
        Map<String, String> properties = properties(distribution, options);
        properties.putAll(variables);
        framework = factory.newFramework(properties);
    }

    /** Starts the framework and the distribution's boot bundles; the features come up on their own thread. */
    synchronized void start(Distribution distribution, Announcements announcements) throws LaunchException {
        try {
            framework.init();
            BundleContext context = context();
            announcements.listen(context);
            framework.start();
            startBoot(context, distribution.bootBundles());
        } catch (BundleException | IOException e) {
            throw new LaunchException(ExitCode.START_FAILED, "cannot start the framework: " + e.getMessage(), e);
        }
    }

    /** The framework's own context, while it runs. */
    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Waits so long, less if the framework stops meanwhile; whether it has not. */
    boolean isRunningAfter(long millis) throws InterruptedException {
        return framework.waitForStop(millis).getType() == FrameworkEvent.WAIT_TIMEDOUT;
    }

    /** True once all bundles of the features have been started. */
    boolean hasStarted() {
        @Nullable BundleContext context = framework.getBundleContext();
        try {
            return context != null
                    && !context.getServiceReferences(String.class, "(papertrader.started=*)")
                            .isEmpty();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the framework has stopped, through restarts of it. */
    void awaitStop() throws InterruptedException {
        int type;
        do {
            type = framework.waitForStop(0).getType();
        } while (type == FrameworkEvent.STOPPED_UPDATE || type == FrameworkEvent.STOPPED_SYSTEM_REFRESHED);
    }

    /**
     * Stops bundles in reverse order of their start levels, within {@link #STOP_LIMIT_MS}; waits for a start under way.
     *
     * @return whether all had stopped in time
     */
    synchronized boolean stop() throws InterruptedException, BundleException {
        framework.stop();
        return framework.waitForStop(STOP_LIMIT_MS).getType() != FrameworkEvent.WAIT_TIMEDOUT;
    }

    private static void startBoot(BundleContext context, List<Path> jars) throws BundleException {
        List<Bundle> bundles = new ArrayList<>();
        for (Path jar : jars) {
            bundles.add(install(context, jar));
        }
        for (Bundle bundle : bundles) {
            if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
        }
    }

    private static Bundle install(BundleContext context, Path jar) throws BundleException {
        try {
            // The framework reads the file where it is, instead of copying it at each start.
            return context.installBundle("reference:" + jar.toUri());
        } catch (BundleException e) {
            throw new BundleException(jar + ": " + e.getMessage(), e.getType(), e);
        }
    }

    private static Map<String, String> properties(Distribution distribution, Options options) {
        Map<String, String> properties = new HashMap<>();
        properties.put(
                Constants.FRAMEWORK_STORAGE, options.data().resolve("cache").toString());
        // Bundles come from the distribution at each start: what was cached before says nothing.
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(START_LEVEL_MAX));
        // Netty's native transport and its flight recorder events look these up through bundle loaders.
        properties.put(Constants.FRAMEWORK_BOOTDELEGATION, "sun.nio.ch,jdk.jfr.internal.*");
        properties.put("felix.bootdelegation.implicit", "false");
        // Entries wait in one place, within its bound; log:tail shows those that are past.
        properties.put("org.apache.felix.log.maxSize", "0");
        properties.put("ds.lock.timeout.milliseconds", Integer.toString(DS_LOCK_LIMIT_MS));
        hotDeployment(properties, distribution.home().resolve("deploy"), options.data());
        properties.put("gosh.home", distribution.home().toString());
        properties.put("papertrader.home", distribution.home().toString());
        properties.put("papertrader.role", distribution.role());
        properties.put("papertrader.version", distribution.version());
        properties.put("papertrader.features", distribution.featureList(options.shell()));
        properties.put("papertrader.data", options.data().toString());
        properties.put("papertrader.conf", options.conf().toString());
        properties.put("papertrader.set", String.join("\n", options.overrides()));
        return properties;
    }

    /** File Install reads these from the framework; it watches for bundles only, configuration has its own folder. */
    private static void hotDeployment(Map<String, String> properties, Path folder, Path data) {
        properties.put("felix.fileinstall.dir", folder.toString());
        // Else it leaves a new folder in the system's temporary one at each start.
        properties.put(
                "felix.fileinstall.tmpdir",
                data.resolve("cache").resolve("fileinstall").toString());
        properties.put("felix.fileinstall.filter", ".*\\.jar");
        properties.put("felix.fileinstall.poll", "1000");
        properties.put("felix.fileinstall.noInitialDelay", "true");
        properties.put("felix.fileinstall.enableConfigSave", "false");
        properties.put("felix.fileinstall.start.level", "60");
        properties.put("felix.fileinstall.log.level", "1");
    }
}
