package org.papertrader.features.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The operator's features on disk. The file is replaced in one step, and only once a change has proven itself: so a
 * crash in the midst of a change leaves what was before, and a later one what came of it.
 */
final class Choices {
    private final Path file;

    Choices(Path file) {
        this.file = file;
    }

    List<Chosen> read() throws FeatureException {
        List<Chosen> features = new ArrayList<>();
        try {
            Map<Coordinates, String> bundles = new LinkedHashMap<>();
            Coordinates id = null;
            String sha256 = "";
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(" ", -1);
                if (parts.length != 3) {
                    throw new FeatureException(file + ": not understood: '" + line + "'");
                }
                if (parts[0].equals("feature")) {
                    if (id != null) {
                        features.add(new Chosen(id, sha256, bundles));
                    }
                    bundles = new LinkedHashMap<>();
                    id = Coordinates.parse(parts[1]);
                    sha256 = parts[2];
                } else {
                    bundles.put(Coordinates.parse(parts[1]), parts[2]);
                }
            }
            if (id != null) {
                features.add(new Chosen(id, sha256, bundles));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | IllegalArgumentException e) {
            throw new FeatureException(file + " cannot be read: " + e.getMessage(), e);
        }
        return features;
    }

    void write(List<Chosen> features) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Chosen feature : features) {
            text.append("feature ")
                    .append(feature.id())
                    .append(' ')
                    .append(feature.sha256())
                    .append('\n');
            feature.bundles().forEach((id, sha256) -> text.append("bundle ")
                    .append(id)
                    .append(' ')
                    .append(sha256)
                    .append('\n'));
        }
        replace(file, text.toString());
    }

    /** On the disk when this returns, whole or not at all. */
    static void replace(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
