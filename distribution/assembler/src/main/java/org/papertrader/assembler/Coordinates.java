package org.papertrader.assembler;

import java.nio.file.Path;

/**
 * Maven coordinates as a feature names them: {@code group:artifact[:type[:classifier]]:version}.
 *
 * @param suffix what follows the version in the file name, such as {@code -linux-x86_64.jar}
 */
record Coordinates(String group, String artifact, String version, String suffix) {

    static Coordinates parse(String text) throws AssemblyException {
        String[] parts = text.split(":", -1);
        return switch (parts.length) {
            case 3 -> new Coordinates(parts[0], parts[1], parts[2], ".jar");
            case 4 -> new Coordinates(parts[0], parts[1], parts[3], "." + parts[2]);
            case 5 -> new Coordinates(parts[0], parts[1], parts[4], "-" + parts[3] + "." + parts[2]);
            default -> throw new AssemblyException("'" + text + "' are no Maven coordinates");
        };
    }

    /** The artifact's file name, with its version. */
    String fileName() {
        return artifact + "-" + version + suffix;
    }

    /** Where the artifact lies in a folder of Maven layout. */
    Path in(Path repository) {
        return repository
                .resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(fileName());
    }

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + version + suffix;
    }
}
