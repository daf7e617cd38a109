package org.papertrader.assembler;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Fills the folders of a distribution that follow from its features: {@code boot} and {@code repository}. */
final class Assembly {
    /** The feature whose bundles the launcher itself starts. */
    static final String BOOT = "boot";

    private final Path featureFiles;
    private final Path candidates;

    /** {@code candidates} is a folder in Maven layout that holds at least all that the features name. */
    Assembly(Path featureFiles, Path candidates) {
        this.featureFiles = featureFiles;
        this.candidates = candidates;
    }

    /**
     * Fills {@code home}.
     *
     * @param features names of the features that it can run
     * @param forbidden artifacts that must not get in, however they are named
     */
    void fill(Path home, List<String> features, List<String> forbidden) throws IOException, AssemblyException {
        for (String folder : List.of(BOOT, "repository")) {
            delete(home.resolve(folder));
            Files.createDirectories(home.resolve(folder));
        }
        forgetClasses(home.resolve("lib"));
        FeatureFile boot = FeatureFile.read(featureFiles, BOOT);
        Set<Coordinates> all = new LinkedHashSet<>(boot.bundles().keySet());
        for (String name : features) {
            FeatureFile feature = FeatureFile.read(featureFiles, name);
            all.addAll(feature.bundles().keySet());
            copy(feature.file(), feature.id().in(home.resolve("repository")));
            for (Coordinates bundle : feature.bundles().keySet()) {
                copy(candidate(bundle, name), bundle.in(home.resolve("repository")));
            }
        }
        for (Map.Entry<Coordinates, Integer> bundle : boot.bundles().entrySet()) {
            String name = String.format(
                    Locale.ROOT, "%02d-%s", bundle.getValue(), bundle.getKey().fileName());
            copy(candidate(bundle.getKey(), BOOT), home.resolve(BOOT).resolve(name));
        }
        refuse(all, forbidden);
    }

    /** Names the start script after the program and lets it be executed. */
    static void nameProgram(Path home, String name) throws IOException, AssemblyException {
        Path program = home.resolve("bin").resolve(name);
        Files.move(home.resolve("bin/papertrader"), program, StandardCopyOption.REPLACE_EXISTING);
        if (!program.toFile().setExecutable(true, false)) {
            throw new AssemblyException(program + " cannot be made executable");
        }
    }

    /** Fails unless the candidates and the bundles that any feature names are the same. */
    void check() throws IOException, AssemblyException {
        Set<Path> unused = new TreeSet<>();
        try (Stream<Path> files = Files.walk(candidates)) {
            files.filter(file -> file.toString().endsWith(".jar")).forEach(unused::add);
        }
        List<String> problems = new ArrayList<>();
        for (FeatureFile feature : FeatureFile.readAll(featureFiles)) {
            for (Coordinates bundle : feature.bundles().keySet()) {
                unused.remove(bundle.in(candidates));
                if (!Files.isRegularFile(bundle.in(candidates))) {
                    problems.add(feature.file().getFileName() + " names " + bundle
                            + ", which is not a dependency of the features module");
                }
            }
        }
        for (Path file : unused) {
            problems.add(file.getFileName() + " is a dependency of the features module, but no feature names it");
        }
        if (!problems.isEmpty()) {
            throw new AssemblyException(String.join("\n", problems));
        }
    }

    private Path candidate(Coordinates bundle, String feature) throws AssemblyException {
        Path file = bundle.in(candidates);
        if (!Files.isRegularFile(file)) {
            throw new AssemblyException("feature " + feature + " names " + bundle + ", which is not in " + candidates
                    + ": is it a dependency of the features module?");
        }
        return file;
    }

    private static void refuse(Set<Coordinates> bundles, List<String> forbidden) throws AssemblyException {
        for (Coordinates bundle : bundles) {
            for (String pattern : forbidden) {
                if (bundle.artifact().matches(pattern)) {
                    throw new AssemblyException(bundle + " has no place in this distribution (" + pattern + ")");
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Path folder = to.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (!Files.exists(to)) {
            Files.copy(from, to);
        }
    }

    /** What the JVM has learned of other jars. */
    private static void forgetClasses(Path lib) throws IOException {
        if (Files.isDirectory(lib)) {
            try (DirectoryStream<Path> archives = Files.newDirectoryStream(lib, "classes-*.jsa")) {
                for (Path archive : archives) {
                    Files.delete(archive);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> files;
            try (Stream<Path> walk = Files.walk(folder)) {
                files = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
