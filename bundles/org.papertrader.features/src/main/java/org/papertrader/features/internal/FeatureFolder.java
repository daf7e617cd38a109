package org.papertrader.features.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.service.feature.Feature;

/** What is on disk: the repository of the distribution, and what the operator chose beside or instead of it. */
final class FeatureFolder {
    private static final String GROUP = "org.papertrader";

    private final FolderRepository shipped;
    private final String version;
    private final List<String> names;
    private final Path path;
    private final Store store;
    private final Choices choices;
    private final Journal journal;

    /**
     * @param shipped the distribution's repository
     * @param version of the distribution and its features
     * @param names the features that the program starts with, in order
     * @param path folder for what the operator chooses
     */
    FeatureFolder(Path shipped, String version, List<String> names, Path path) {
        this.shipped = new FolderRepository("the distribution", shipped);
        this.version = version;
        this.names = List.copyOf(names);
        this.path = path;
        this.store = new Store(path.resolve("store"));
        this.choices = new Choices(path.resolve("chosen"));
        this.journal = new Journal(path.resolve("journal"));
    }

    FolderRepository shipped() {
        return shipped;
    }

    Store store() {
        return store;
    }

    Journal journal() {
        return journal;
    }

    /**
     * What is to run at a start.
     *
     * @param files where the bundles are that do not come from the distribution
     * @param wayOut of features that the operator chose, the end of a line that tells how to start without
     */
    record Start(Map<String, Feature> features, Map<Coordinates, Path> files, Map<String, String> wayOut) {}

    /**
     * Reads the distribution's features, each replaced by the operator's version of it unless the distribution's is newer
     * by now, and those that he added.
     */
    Start start(FeatureFiles reader, SignatureCheck signatures) throws FeatureException {
        Map<String, Feature> features = new LinkedHashMap<>();
        Map<Coordinates, Path> files = new HashMap<>();
        Map<String, String> wayOut = new HashMap<>();
        for (String name : names) {
            Coordinates id = Coordinates.feature(GROUP, name, version);
            features.put(name, reader.read(name, text(name, shipped.root().resolve(id.path()))));
        }
        for (Chosen chosen : choices.read()) {
            String name = chosen.id().artifact();
            if (names.contains(name) && !isOfTheDistribution(chosen.id())) {
                throw new FeatureException(
                        chosen.id() + " has the name of a feature of this distribution" + wayOut(chosen.id()));
            }
            boolean outdated = isOfTheDistribution(chosen.id())
                    && MavenVersion.ORDER.compare(chosen.id().version(), version) <= 0;
            if (!outdated) {
                try {
                    features.put(name, reader.read(name, text(name, kept(chosen.sha256(), chosen.id()))));
                    files.putAll(files(chosen, signatures));
                } catch (FeatureException e) {
                    throw new FeatureException(e.line() + wayOut(chosen.id()), e);
                }
                wayOut.put(name, wayOut(chosen.id()));
            }
        }
        return new Start(features, files, wayOut);
    }

    private Map<Coordinates, Path> files(Chosen chosen, SignatureCheck signatures) throws FeatureException {
        Map<Coordinates, Path> files = new HashMap<>();
        for (Map.Entry<Coordinates, String> bundle : chosen.bundles().entrySet()) {
            Path file = kept(bundle.getValue(), bundle.getKey());
            signatures.require(bundle.getKey().toString(), file);
            files.put(bundle.getKey(), file);
        }
        return files;
    }

    /** A program that does not start has no shell in which the feature could be removed. */
    private String wayOut(Coordinates id) {
        return "; to start " + (isOfTheDistribution(id) ? "with the distribution's own " : "without ") + id.artifact()
                + ", which was " + (isOfTheDistribution(id) ? "upgraded" : "installed")
                + " by a command, delete its lines in " + path.resolve("chosen");
    }

    /** Where a bundle is, of those that the operator chose or the distribution ships. */
    Path file(Coordinates id, Map<Coordinates, Path> chosen) {
        return chosen.getOrDefault(id, shipped.root().resolve(id.path()));
    }

    /** Whether the program starts with it, in whatever version. */
    boolean isOfTheDistribution(Coordinates id) {
        return id.group().equals(GROUP) && names.contains(id.artifact());
    }

    /** Whether a restart would bring the distribution's own in its place. */
    boolean isOlderThanTheDistribution(Coordinates id) {
        return isOfTheDistribution(id) && MavenVersion.ORDER.compare(id.version(), version) < 0;
    }

    /** Remembers a choice instead of another one, either of which may be null. */
    void choose(@Nullable Coordinates before, @Nullable Chosen after) throws FeatureException, IOException {
        List<Chosen> all = new ArrayList<>(choices.read());
        all.removeIf(one -> one.id().equals(before));
        if (after != null) {
            all.add(after);
        }
        choices.write(all);
    }

    /** Deletes copies of what nobody chose. */
    void tidy() throws FeatureException, IOException {
        Set<String> hashes = new TreeSet<>();
        choices.read().forEach(chosen -> hashes.addAll(chosen.hashes()));
        store.keepOnly(hashes);
    }

    private Path kept(String sha256, Coordinates id) throws FeatureException {
        Path file = store.file(sha256, id.fileName());
        try {
            if (Checksum.of(Files.readAllBytes(file), "SHA-256").equals(sha256)) {
                return file;
            }
        } catch (IOException e) {
            throw damaged(id, file, e);
        }
        throw damaged(id, file, new IOException("other content"));
    }

    private FeatureException damaged(Coordinates id, Path file, IOException cause) {
        return new FeatureException(id + " was installed, but its copy " + file + " is gone or damaged", cause);
    }

    private static String text(String name, Path file) throws FeatureException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new FeatureException("there is no feature '" + name + "': " + file + " cannot be read", e);
        }
    }
}
