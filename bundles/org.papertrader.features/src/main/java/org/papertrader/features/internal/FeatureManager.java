package org.papertrader.features.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureConfiguration;

/** Brings the features of a distribution up, on its own thread, and then keeps their configuration in step. */
final class FeatureManager implements Runnable {
    private final List<String> names;
    private final FeatureFiles files;
    private final FeatureInstaller installer;
    private final Configurations configurations;
    private final FolderWatch watch;
    private final Announcer announcer;

    private volatile List<InstalledFeature> installed = List.of();

    FeatureManager(
            List<String> names,
            FeatureFiles files,
            FeatureInstaller installer,
            Configurations configurations,
            FolderWatch watch,
            Announcer announcer) {
        this.names = List.copyOf(names);
        this.files = files;
        this.installer = installer;
        this.configurations = configurations;
        this.watch = watch;
        this.announcer = announcer;
    }

    List<InstalledFeature> installed() {
        return installed;
    }

    @Override
    public void run() {
        try (watch) {
            start();
            while (!Thread.currentThread().isInterrupted()) {
                watch.await();
                configurations.refresh();
            }
        } catch (FeatureException e) {
            announcer.fatal(e.line());
        } catch (IOException e) {
            announcer.notice("the configuration folder is no longer watched: " + e.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void start() throws FeatureException {
        Map<String, Feature> features = new LinkedHashMap<>();
        for (String name : names) {
            features.put(name, files.read(name));
        }
        installed = installer.install(features);
        // Before any bundle starts: a component that requires configuration then comes up with it.
        configurations.begin(defaults(features.values()));
        installer.start(installed);
        announcer.started(String.join(",", names));
    }

    static Map<String, Map<String, Object>> defaults(Iterable<Feature> features) {
        Map<String, Map<String, Object>> defaults = new HashMap<>();
        for (Feature feature : features) {
            for (FeatureConfiguration configuration :
                    feature.getConfigurations().values()) {
                defaults.computeIfAbsent(configuration.getPid(), pid -> new TreeMap<>())
                        .putAll(configuration.getValues());
            }
        }
        return defaults;
    }

    static List<String> names(String list) {
        List<String> names = new ArrayList<>();
        for (String name : list.split(",", -1)) {
            if (!name.isBlank()) {
                names.add(name.trim());
            }
        }
        return names;
    }
}
