package org.papertrader.features.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A repository in a folder, such as the one that the distribution ships or a local Maven repository.
 *
 * @param place as the operator wrote it
 */
record FolderRepository(String place, Path root) implements ArtifactRepository {
    private static final String SUFFIX = "." + Coordinates.FEATURE;
    private static final int DEPTH_MAX = 16;
    private static final int FEATURES_MAX = 1_000;

    @Override
    public List<Coordinates> features() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException("there is no folder " + root);
        }
        // As a link to a folder is no folder for whoever walks.
        Path real = root.toRealPath();
        try (Stream<Path> files = Files.walk(real, DEPTH_MAX)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .limit(FEATURES_MAX)
                    .flatMap(file -> id(real.relativize(file)).stream())
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IOException("cannot be searched: " + e.getCause(), e);
        }
    }

    @Override
    public Optional<InputStream> open(Coordinates id) throws IOException {
        Path file = root.resolve(id.path());
        return Files.isRegularFile(file) ? Optional.of(Files.newInputStream(file)) : Optional.empty();
    }

    @Override
    public Optional<Checksum> checksum(Coordinates id) throws IOException {
        for (Checksum.Kind kind : Checksum.KINDS) {
            Path file = root.resolve(id.path() + kind.suffix());
            if (Files.isRegularFile(file)) {
                return Optional.of(kind.parse(Files.readString(file))
                        .orElseThrow(() -> new IOException(file + " holds no checksum")));
            }
        }
        return Optional.empty();
    }

    private static Optional<Coordinates> id(Path file) {
        int names = file.getNameCount();
        if (names < 4) {
            return Optional.empty();
        }
        String group = file.subpath(0, names - 3).toString().replace('/', '.').replace('\\', '.');
        String artifact = file.getName(names - 3).toString();
        String version = file.getName(names - 2).toString();
        try {
            Coordinates id = Coordinates.feature(group, artifact, version);
            return file.getFileName().toString().equals(id.fileName()) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException notOfThisLayout) {
            return Optional.empty();
        }
    }
}
