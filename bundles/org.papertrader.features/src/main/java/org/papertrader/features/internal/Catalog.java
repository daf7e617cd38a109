package org.papertrader.features.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What there is in a number of repositories. */
final class Catalog {
    private final List<ArtifactRepository> repositories;

    Catalog(List<ArtifactRepository> repositories) {
        this.repositories = List.copyOf(repositories);
    }

    /** The repository at a place: a folder, or an address with {@code file:}, {@code http:} or {@code https:}. */
    static ArtifactRepository at(String place) throws FeatureException {
        try {
            if (place.startsWith("http://") || place.startsWith("https://")) {
                return new HttpRepository(place);
            }
            String folder = place.startsWith("file:")
                    ? Path.of(java.net.URI.create(place)).toString()
                    : place;
            return new FolderRepository(place, Path.of(folder).toAbsolutePath());
        } catch (IllegalArgumentException e) {
            throw new FeatureException("'" + place + "' is no place of a repository: " + e.getMessage(), e);
        }
    }

    /** A feature in a repository. */
    record Found(Coordinates id, ArtifactRepository from) {}

    /** All features; {@code trouble} hears of repositories that cannot be read. */
    List<Found> features(Consumer<String> trouble) {
        List<Found> found = new ArrayList<>();
        for (ArtifactRepository repository : repositories) {
            try {
                for (Coordinates id : repository.features()) {
                    found.add(new Found(id, repository));
                }
            } catch (IOException e) {
                trouble.accept("repository " + repository.place() + " cannot be read: " + e.getMessage());
            }
        }
        return found;
    }

    /**
     * The feature of a name, {@code [group:]name[:version]}; the newest where no version is given.
     *
     * @throws FeatureException when there is none, or the name fits features of several groups
     */
    Found find(String name, Consumer<String> trouble) throws FeatureException {
        List<Found> fitting = features(trouble).stream()
                .filter(found -> fits(name, found.id()))
                .toList();
        if (fitting.stream().map(found -> found.id().group()).distinct().count() > 1) {
            throw new FeatureException("several features fit '" + name + "': "
                    + String.join(
                            ", ",
                            fitting.stream()
                                    .map(found -> found.id().key())
                                    .distinct()
                                    .toList()));
        }
        return fitting.stream()
                .max(Comparator.comparing(found -> found.id().version(), MavenVersion.ORDER))
                .orElseThrow(() -> new FeatureException("there is no feature '" + name + "' in "
                        + String.join(
                                ", ",
                                repositories.stream()
                                        .map(ArtifactRepository::place)
                                        .toList())
                        + "; feature:list shows those that there are"));
    }

    private static boolean fits(String name, Coordinates id) {
        String[] parts = name.split(":", -1);
        return switch (parts.length) {
            case 1 -> id.artifact().equals(name);
            case 2 ->
                (id.artifact().equals(parts[0]) && id.version().equals(parts[1]))
                        || (id.group().equals(parts[0]) && id.artifact().equals(parts[1]));
            default ->
                parts.length == 3
                        && id.group().equals(parts[0])
                        && id.artifact().equals(parts[1])
                        && id.version().equals(parts[2]);
        };
    }

    /**
     * The content of an artifact that fits its checksum.
     *
     * @param first where to look before the others
     */
    byte[] fetch(Coordinates id, ArtifactRepository first) throws FeatureException {
        List<ArtifactRepository> order = new ArrayList<>(repositories);
        order.remove(first);
        order.add(0, first);
        for (ArtifactRepository repository : order) {
            try {
                Optional<InputStream> found = repository.open(id);
                if (found.isPresent()) {
                    return checked(id, repository, found.get());
                }
            } catch (IOException e) {
                throw new FeatureException(
                        id + " cannot be read from " + repository.place() + ": " + e.getMessage(), e);
            }
        }
        throw new FeatureException(id + " is in none of the repositories "
                + String.join(
                        ", ", order.stream().map(ArtifactRepository::place).toList()));
    }

    private static byte[] checked(Coordinates id, ArtifactRepository repository, InputStream found)
            throws IOException, FeatureException {
        try (found) {
            byte[] content = Store.read(found);
            Optional<Checksum> checksum = repository.checksum(id);
            if (checksum.isPresent() && !checksum.get().fits(content)) {
                throw new FeatureException(id + " in " + repository.place() + " does not fit the "
                        + checksum.get().algorithm() + " beside it: damaged, or changed by someone");
            }
            return content;
        }
    }
}
