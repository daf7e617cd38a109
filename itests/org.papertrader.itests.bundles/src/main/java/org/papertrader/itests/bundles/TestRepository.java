package org.papertrader.itests.bundles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Version;

/** A repository in Maven layout that grows during a test. */
public record TestRepository(Path root) {
    private static final String GROUP = "it";

    /** A feature of bundles {@code it:name:version}. */
    public TestRepository feature(String name, String version, String... bundles) throws IOException {
        String ids = List.of(bundles).stream()
                .map(bundle -> "{\"id\": \"" + GROUP + ":" + bundle + "\"}")
                .collect(Collectors.joining(", "));
        return featureText(
                name,
                version,
                "{\"feature-resource-version\": \"1.0\", \"id\": \"" + GROUP + ":" + name + ":" + version
                        + "\", \"bundles\": [" + ids + "]}");
    }

    /** A feature as its file says. */
    public TestRepository featureText(String name, String version, String text) throws IOException {
        Files.writeString(file(GROUP, name, version, "osgifeature"), text);
        return this;
    }

    /** A bundle in the group of tests. */
    public TestRepository bundle(String name, String version, byte[] content) throws IOException {
        Files.write(file(GROUP, name, version, "jar"), content);
        return this;
    }

    /** Where a file of the group of tests is, or may be made. */
    public Path file(String name, String version, String type) throws IOException {
        return file(GROUP, name, version, type);
    }

    /** A next version of one of the distribution's features, in which some bundles are newer by their last digit. */
    public void next(Path shipped, String feature, String from, String to, Set<String> bundles) throws IOException {
        Map<String, byte[]> newer = new TreeMap<>();
        for (String bundle : bundles) {
            byte[] old = Files.readAllBytes(Repository.jar(shipped, bundle));
            Version version = Jars.version(old);
            Version next = new Version(version.getMajor(), version.getMinor(), version.getMicro() + 1);
            newer.put(bundle, Jars.restamp(old, next));
        }
        next(shipped, feature, from, to, newer);
    }

    /**
     * A next version of one of the distribution's features, in which some bundles are others.
     *
     * @param before the repository that has the version before
     * @param bundles by symbolic name
     */
    public void next(Path before, String feature, String from, String to, Map<String, byte[]> bundles)
            throws IOException {
        String text = Files.readString(before.resolve(
                "org/papertrader/" + feature + "/" + from + "/" + feature + "-" + from + ".osgifeature"));
        text = text.replace("org.papertrader:" + feature + ":" + from, "org.papertrader:" + feature + ":" + to);
        for (Map.Entry<String, byte[]> bundle : bundles.entrySet()) {
            String name = bundle.getKey();
            Files.write(file("org.papertrader", name, to, "jar"), bundle.getValue());
            text = text.replaceAll(
                    "\"org\\.papertrader:" + Pattern.quote(name) + ":[^\"]+\"",
                    "\"org.papertrader:" + name + ":" + to + "\"");
        }
        Files.writeString(file("org.papertrader", feature, to, "osgifeature"), text);
    }

    private Path file(String group, String name, String version, String type) throws IOException {
        Path folder = root.resolve(group.replace('.', '/')).resolve(name).resolve(version);
        return Files.createDirectories(folder).resolve(name + "-" + version + "." + type);
    }
}
