package org.papertrader.features.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A repository behind HTTP. Nothing can be listed there, so the file {@value #INDEX} at its root has the coordinates of
 * a feature in each line. Every artifact needs its checksum beside it, as Maven writes it.
 */
final class HttpRepository implements ArtifactRepository {
    static final String INDEX = "features.index";

    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final Duration REPLY_MAX = Duration.ofSeconds(30);
    /** For all of an artifact, which may have 64 MiB; whoever sends more slowly keeps every other change waiting. */
    private static final Duration BODY_MAX = Duration.ofMinutes(5);

    private static final int TEXT_BYTES_MAX = 1 << 20;
    private static final int FEATURES_MAX = 1_000;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final String place;
    private final URI root;
    private final Duration bodyMax;

    HttpRepository(String place) {
        this(place, BODY_MAX);
    }

    /** {@code bodyMax} is what all of a file may take once it begins to come. */
    HttpRepository(String place, Duration bodyMax) {
        this.place = place;
        this.bodyMax = bodyMax;
        this.root = URI.create(place.endsWith("/") ? place : place + "/");
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public List<Coordinates> features() throws IOException {
        String text = text(INDEX).orElseThrow(() -> new IOException(root.resolve(INDEX) + " is not there"));
        List<Coordinates> features = new ArrayList<>();
        for (String line : text.lines().limit(FEATURES_MAX).toList()) {
            String[] parts = line.strip().split(":", -1);
            if (parts.length == 3) {
                features.add(Coordinates.feature(parts[0], parts[1], parts[2]));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                throw new IOException(root.resolve(INDEX) + ": '" + line + "' is not group:artifact:version");
            }
        }
        return features;
    }

    @Override
    public Optional<InputStream> open(Coordinates id) throws IOException {
        return get(id.path());
    }

    @Override
    public Optional<Checksum> checksum(Coordinates id) throws IOException {
        for (Checksum.Kind kind : Checksum.KINDS) {
            Optional<Checksum> checksum = text(id.path() + kind.suffix()).flatMap(kind::parse);
            if (checksum.isPresent()) {
                return checksum;
            }
        }
        throw new IOException(root.resolve(id.path()) + " has no checksum beside it");
    }

    private Optional<String> text(String path) throws IOException {
        Optional<InputStream> content = get(path);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = content.get()) {
            return Optional.of(new String(in.readNBytes(TEXT_BYTES_MAX), StandardCharsets.UTF_8));
        }
    }

    private Optional<InputStream> get(String path) throws IOException {
        URI uri = root.resolve(path);
        try {
            HttpResponse<InputStream> response = Shared.CLIENT.send(
                    HttpRequest.newBuilder(uri).timeout(REPLY_MAX).build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() == OK) {
                return Optional.of(new Limited(response.body(), uri, bodyMax));
            }
            response.body().close();
            if (response.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw new IOException(uri + " answers " + response.statusCode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading " + uri, e);
        } catch (IllegalArgumentException e) {
            throw new IOException(uri + ": " + e.getMessage(), e);
        } catch (ConnectException e) {
            // It has no message of its own.
            throw new IOException("no connection to " + uri.getAuthority(), e);
        }
    }

    /** One for all, as each has threads of its own; made when the first file is asked for. */
    private static final class Shared {
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .connectTimeout(CONNECT_MAX)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /** Ends when all of it should have come long ago: the client bounds only the time until it begins to come. */
    private static final class Limited extends FilterInputStream {
        private final URI uri;
        private final Duration max;
        private final CompletableFuture<Boolean> open = new CompletableFuture<>();

        Limited(InputStream body, URI uri, Duration max) {
            super(body);
            this.uri = uri;
            this.max = max;
            open.completeOnTimeout(true, max.toMillis(), TimeUnit.MILLISECONDS).thenAccept(late -> giveUp(body, late));
        }

        private static void giveUp(InputStream body, boolean isLate) {
            if (isLate) {
                try {
                    body.close();
                } catch (IOException e) {
                    // Whoever reads it hears of it.
                }
            }
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                throw late(e);
            }
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            try {
                return super.read(bytes, from, length);
            } catch (IOException e) {
                throw late(e);
            }
        }

        @Override
        public void close() throws IOException {
            open.complete(false);
            super.close();
        }

        private IOException late(IOException e) {
            return open.getNow(false)
                    ? new IOException(uri + " did not come within " + max.toSeconds() + " s", e)
                    : new IOException(uri + " ended early: " + e.getMessage(), e);
        }
    }
}
