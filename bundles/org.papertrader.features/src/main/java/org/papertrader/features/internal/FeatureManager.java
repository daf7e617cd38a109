package org.papertrader.features.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureConfiguration;

/** Brings the features of a distribution up, on its own thread, and then keeps their configuration in step. */
final class FeatureManager implements Runnable {
    private final FeatureFolder folder;
    private final FeatureFiles files;
    private final FeatureInstaller installer;
    private final Admission admission;
    private final Configurations configurations;
    private final FolderWatch watch;
    private final Announcer announcer;
    private final Consumer<List<InstalledFeature>> started;

    /** {@code started} hears once, when they run, which features it has brought up. */
    FeatureManager(
            FeatureFolder folder,
            FeatureFiles files,
            FeatureInstaller installer,
            Admission admission,
            Configurations configurations,
            FolderWatch watch,
            Announcer announcer,
            Consumer<List<InstalledFeature>> started) {
        this.folder = folder;
        this.files = files;
        this.installer = installer;
        this.admission = admission;
        this.configurations = configurations;
        this.watch = watch;
        this.announcer = announcer;
        this.started = started;
    }

    @Override
    public void run() {
        try (watch) {
            start();
            while (!Thread.currentThread().isInterrupted()) {
                watch.await();
                refresh();
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
        SignatureCheck signatures = signatures();
        admission.close(signatures.isOn());
        FeatureFolder.Start start = folder.start(files, signatures);
        List<InstalledFeature> features = installer.install(start.features(), id -> folder.file(id, start.files()));
        // Before any bundle starts: a component that requires configuration then comes up with it.
        configurations.begin(defaults(start.features().values()));
        installer.start(features, start.wayOut());
        closeJournal();
        started.accept(features);
        announcer.started(String.join(",", start.features().keySet()));
    }

    /** What was under way when the program ended is not in what was read: it is undone by that. */
    private void closeJournal() throws FeatureException {
        try {
            folder.journal().interrupted().ifPresent(announcer::notice);
            folder.journal().end();
            folder.tidy();
        } catch (IOException e) {
            announcer.notice("what an interrupted change of features left cannot be cleared away: " + e.getMessage());
        }
    }

    private SignatureCheck signatures() throws FeatureException {
        return new SignatureCheck(
                FeatureSettings.of(configurations.written(FeatureSettings.PID)).pinned());
    }

    private void refresh() {
        configurations.refresh();
        try {
            admission.close(signatures().isOn());
        } catch (FeatureException e) {
            // The file is not good; that was reported, and what was before stays in effect.
        }
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
