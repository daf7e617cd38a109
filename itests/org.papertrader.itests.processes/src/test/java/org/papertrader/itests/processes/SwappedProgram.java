package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.papertrader.cli.ServerProcess;
import org.papertrader.itests.bundles.Jars;
import org.papertrader.itests.bundles.Repository;
import org.papertrader.itests.bundles.TestRepository;

/** A packaged program with its shell whose bundles are exchanged as operators do it. Used by one thread. */
final class SwappedProgram {
    private static final String PREFIX = "org.papertrader.";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Pattern LISTED =
            Pattern.compile("(?m)^\\s*(\\d+)\\|(\\w+)\\s*\\|\\s*\\d+\\|(\\S+) \\(([^)]+)\\)");
    /** Changes with a restart: all that logs starts anew with it, also the shell of the terminal, whose end ends the program. */
    private static final String NEVER = PREFIX + "log.front";

    /** What the feature manager says of what it cannot change by itself. */
    private static final String REFUSED = "cannot change while the program runs";

    final String name;
    private final ServerProcess process;
    private final Path home;
    private final Path work;
    private final TestRepository repository;
    private final Map<String, String> upgraded = new TreeMap<>();
    private int serial;

    /**
     * A bundle of the program.
     *
     * @param swappable it exports nothing, and a second version may stand beside it: swapped with nothing lost (CARD-4)
     * @param exporting others use its packages, and start anew with it
     * @param feature the feature that brings it and can be upgraded; empty for none
     */
    record Target(String name, boolean swappable, boolean exporting, Optional<String> feature) {
        String shortName() {
            return name.substring(PREFIX.length());
        }

        List<SwapWay> ways() {
            return Stream.of(SwapWay.UPDATE, SwapWay.STOP_START, SwapWay.DEPLOY, SwapWay.UPGRADE)
                    .filter(way -> way != SwapWay.UPGRADE || feature.isPresent())
                    .toList();
        }
    }

    private record Listed(long id, String state, String name, Version version) {}

    /**
     * Takes a program that runs.
     *
     * @param home its distribution, its own copy
     * @param work a folder for newer bundles
     */
    SwappedProgram(String name, ServerProcess process, Path home, Path work) throws IOException, InterruptedException {
        this.name = name;
        this.process = process;
        this.home = home;
        this.work = Files.createDirectories(work);
        this.repository = new TestRepository(Files.createDirectories(work.resolve("repository")));
        process.ask("feature:repo-add " + repository.root(), LIMIT);
    }

    /** The bundles that are ours, in the order in which they were started. */
    List<Target> targets() throws IOException, InterruptedException {
        Map<String, String> features = features();
        return listed(ours -> true).stream()
                .sorted(Comparator.comparingLong(Listed::id))
                .map(Listed::name)
                .distinct()
                .filter(bundle -> !bundle.startsWith(NEVER))
                .map(bundle -> target(bundle, features))
                .toList();
    }

    /** Swaps a bundle in a way; what came of it is told to the row. */
    void swap(SwapRow row) throws IOException, InterruptedException {
        Target target = row.target;
        switch (row.way) {
            case BASELINE -> {}
            case UPDATE -> update(target, row);
            case STOP_START -> stopAndStart(target, row);
            case DEPLOY -> deploy(target, row);
            case UPGRADE -> upgrade(target, row);
        }
        await().atMost(LIMIT).pollInterval(LOOK).untilAsserted(() -> assertThat(listed(bundle -> !runs(bundle)))
                .as("what does not run")
                .isEmpty());
    }

    ServerProcess process() {
        return process;
    }

    private void update(Target target, SwapRow row) throws IOException, InterruptedException {
        Listed old = newest(target);
        Path jar = work.resolve(target.name() + ".jar");
        Version version = next();
        Files.write(jar, newer(target, version));
        String said = process.ask("update " + old.id() + " " + jar.toUri(), LIMIT);
        if (target.exporting()) {
            said += process.ask("refresh " + old.id(), LIMIT);
        }
        awaitListed(said, listed -> listed.id() == old.id() && listed.version().equals(version) && runs(listed));
        row.swapped(1);
    }

    private void stopAndStart(Target target, SwapRow row) throws IOException, InterruptedException {
        Listed bundle = newest(target);
        String said = process.ask("stop " + bundle.id(), LIMIT);
        said += process.ask("start " + bundle.id(), LIMIT);
        awaitListed(said, listed -> listed.id() == bundle.id() && runs(listed));
        row.swapped(1);
    }

    private void deploy(Target target, SwapRow row) throws IOException, InterruptedException {
        Listed old = newest(target);
        Version version = next();
        Path jar = home.resolve("deploy").resolve(target.name() + ".jar");
        Jars.deploy(newer(target, version), jar);
        awaitListed(
                "deployed " + jar,
                listed ->
                        listed.name().equals(target.name()) && listed.version().equals(version) && runs(listed));
        row.swapped(1);
        Files.delete(jar);
        awaitListed("removed " + jar, listed -> listed.id() == old.id() && runs(listed));
        await().atMost(LIMIT).pollInterval(LOOK).until(() -> listed(listed ->
                        listed.name().equals(target.name()) && listed.version().equals(version))
                .isEmpty());
        row.swapped(1);
    }

    private void upgrade(Target target, SwapRow row) throws IOException, InterruptedException {
        String feature = target.feature().orElseThrow();
        Version version = next();
        String to = "9." + serial;
        String from = upgraded.getOrDefault(feature, shippedVersion());
        Path before = upgraded.containsKey(feature) ? repository.root() : home.resolve("repository");
        repository.next(before, feature, from, to, Map.of(target.name(), newer(target, version)));
        String said = process.ask("feature:upgrade " + feature + ":" + to, LIMIT);
        if (said.contains(REFUSED)) {
            row.refused(said);
            return;
        }
        assertThat(said).contains("upgraded " + feature + " from " + from + " to " + to);
        upgraded.put(feature, to);
        awaitListed(
                said,
                listed ->
                        listed.name().equals(target.name()) && listed.version().equals(version) && runs(listed));
        row.swapped(1);
    }

    private void awaitListed(String said, Predicate<Listed> wanted) {
        await(said).atMost(LIMIT).pollInterval(LOOK).until(() -> !listed(wanted).isEmpty());
    }

    private Listed newest(Target target) throws IOException, InterruptedException {
        return listed(listed -> listed.name().equals(target.name())).stream()
                .max(Comparator.comparing(Listed::version))
                .orElseThrow(() -> new AssertionError(target.name() + " is not there any more"));
    }

    private List<Listed> listed(Predicate<Listed> wanted) throws IOException, InterruptedException {
        return LISTED.matcher(process.ask("lb -s", LIMIT))
                .results()
                .filter(line -> line.group(3).startsWith(PREFIX))
                .map(line -> new Listed(
                        Long.parseLong(line.group(1)), line.group(2), line.group(3), new Version(line.group(4))))
                .filter(wanted)
                .toList();
    }

    private boolean runs(Listed bundle) {
        return bundle.state().equals("Active")
                || (bundle.state().equals("Resolved")
                        && headers(bundle.name()).getValue(Constants.FRAGMENT_HOST) != null);
    }

    /** Higher than all before, and than all of the distribution. */
    private Version next() {
        serial++;
        return new Version(0, 2, serial);
    }

    private byte[] newer(Target target, Version version) throws IOException {
        return Jars.restamp(Files.readAllBytes(jar(target.name())), version);
    }

    private Target target(String bundle, Map<String, String> features) {
        Attributes headers = headers(bundle);
        boolean exporting = headers.getValue(Constants.EXPORT_PACKAGE) != null;
        boolean swappable =
                !exporting && !headers.getValue(Constants.BUNDLE_SYMBOLICNAME).contains("singleton:=true");
        return new Target(bundle, swappable, exporting, Optional.ofNullable(features.get(bundle)));
    }

    private Attributes headers(String bundle) {
        try (JarFile jar = new JarFile(jar(bundle).toFile())) {
            return jar.getManifest().getMainAttributes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path jar(String bundle) {
        return Repository.shipped(home, bundle);
    }

    private static String shippedVersion() {
        return System.getProperty("papertrader.it.version");
    }

    /** By bundle, the feature that names it and is installed. */
    private Map<String, String> features() throws IOException, InterruptedException {
        Map<String, String> features = new TreeMap<>();
        Matcher rows = Pattern.compile("(?m)^(\\S+)\\s+" + Pattern.quote(shippedVersion()) + "\\s+runs")
                .matcher(process.ask("feature:list", LIMIT));
        while (rows.find()) {
            String feature = rows.group(1);
            String text = Files.readString(home.resolve("repository/org/papertrader/" + feature + "/" + shippedVersion()
                    + "/" + feature + "-" + shippedVersion() + ".osgifeature"));
            Matcher bundles = Pattern.compile("org\\.papertrader:(org\\.papertrader\\.[a-z0-9.]+):")
                    .matcher(text);
            while (bundles.find()) {
                features.put(bundles.group(1), feature);
            }
        }
        return features;
    }
}
