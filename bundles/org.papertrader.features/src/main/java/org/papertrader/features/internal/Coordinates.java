package org.papertrader.features.internal;

import java.util.regex.Pattern;
import org.osgi.service.feature.ID;

/**
 * Maven coordinates, good to make a path of: {@code group:artifact[:type[:classifier]]:version}.
 *
 * @param type such as {@code jar}
 * @param classifier empty for none
 */
record Coordinates(String group, String artifact, String type, String classifier, String version) {
    /** The type of features. */
    static final String FEATURE = ID.FEATURE_ID_TYPE;

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_+-]+(\\.[A-Za-z0-9_+-]+)*");

    /** @throws IllegalArgumentException when these are no coordinates */
    Coordinates {
        for (String part : new String[] {group, artifact, type, version, classifier.isEmpty() ? "none" : classifier}) {
            if (!PART.matcher(part).matches()) {
                throw new IllegalArgumentException("'" + part + "' has no place in Maven coordinates");
            }
        }
    }

    static Coordinates of(ID id) {
        return new Coordinates(
                id.getGroupId(),
                id.getArtifactId(),
                id.getType().orElse("jar"),
                id.getClassifier().orElse(""),
                id.getVersion());
    }

    static Coordinates feature(String group, String artifact, String version) {
        return new Coordinates(group, artifact, FEATURE, "", version);
    }

    /** @throws IllegalArgumentException when the text is none */
    static Coordinates parse(String text) {
        String[] parts = text.split(":", -1);
        return switch (parts.length) {
            case 3 -> new Coordinates(parts[0], parts[1], "jar", "", parts[2]);
            case 4 -> new Coordinates(parts[0], parts[1], parts[2], "", parts[3]);
            case 5 -> new Coordinates(parts[0], parts[1], parts[2], parts[3], parts[4]);
            default -> throw new IllegalArgumentException("'" + text + "' are no Maven coordinates");
        };
    }

    /** The same artifact in whatever version. */
    String key() {
        return group + ":" + artifact + (classifier.isEmpty() ? "" : ":" + classifier);
    }

    /** The artifact's file name. */
    String fileName() {
        return artifact + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + "." + type;
    }

    /** The artifact's path below the root of a repository, with slashes. */
    String path() {
        return group.replace('.', '/') + "/" + artifact + "/" + version + "/" + fileName();
    }

    @Override
    public String toString() {
        boolean plain = classifier.isEmpty() && type.equals("jar");
        return group + ":" + artifact + ":" + (plain ? "" : type + ":") + (classifier.isEmpty() ? "" : classifier + ":")
                + version;
    }
}
