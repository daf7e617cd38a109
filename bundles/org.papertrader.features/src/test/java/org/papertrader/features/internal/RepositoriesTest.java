package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("CARD-7")
class RepositoriesTest {
    private static final Coordinates JAR = Coordinates.parse("g:a:1.0");
    private static final Coordinates FEATURE = Coordinates.feature("g.h", "f", "1.0");
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @BeforeEach
    void lay() throws Exception {
        write(JAR.path(), "content");
        write(FEATURE.path(), "{}");
    }

    @Test
    void aFolderIsSearchedForFeatures() throws Exception {
        write(Coordinates.feature("g.h", "f", "1.1").path(), "{}");
        write("stray.osgifeature", "{}");

        assertThat(folder().features()).containsExactlyInAnyOrder(FEATURE, Coordinates.feature("g.h", "f", "1.1"));
        assertThat(catalog(folder()).find("f", line -> {}).id().version()).isEqualTo("1.1");
        assertThat(catalog(folder()).find("f:1.0", line -> {}).id()).isEqualTo(FEATURE);
        assertThat(catalog(folder()).find("g.h:f", line -> {}).id().version()).isEqualTo("1.1");
    }

    @Test
    void anUnknownFeatureIsRefusedWithThePlaces() {
        assertThatThrownBy(() -> catalog(folder()).find("nothing", line -> {}))
                .isInstanceOf(FeatureException.class)
                .hasMessage("there is no feature 'nothing' in here; feature:list shows those that there are");
    }

    @Test
    void aNameOfTwoGroupsIsRefused() throws Exception {
        write(Coordinates.feature("other", "f", "1.0").path(), "{}");
        assertThatThrownBy(() -> catalog(folder()).find("f", line -> {}))
                .hasMessageStartingWith("several features fit 'f': ")
                .hasMessageContaining("other:f")
                .hasMessageContaining("g.h:f");
    }

    @Test
    void aMissingArtifactIsRefused() {
        assertThatThrownBy(() -> catalog(folder()).fetch(Coordinates.parse("g:gone:1"), folder()))
                .isInstanceOf(FeatureException.class)
                .hasMessage("g:gone:1 is in none of the repositories here");
    }

    @Test
    void aChecksumThatIsThereMustFit() throws Exception {
        assertThat(catalog(folder()).fetch(JAR, folder())).isEqualTo(CONTENT);
        write(JAR.path() + ".sha1", Checksum.of(CONTENT, "SHA-1") + "  a-1.0.jar\n");
        assertThat(catalog(folder()).fetch(JAR, folder())).isEqualTo(CONTENT);
        write(JAR.path() + ".sha256", "0".repeat(64));
        assertThatThrownBy(() -> catalog(folder()).fetch(JAR, folder()))
                .isInstanceOf(FeatureException.class)
                .hasMessageContaining("g:a:1.0 in here does not fit the SHA-256 beside it");
    }

    @Test
    void aRepositoryBehindHttpHasAnIndexAndChecksums() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/repo/", exchange -> {
            Path file = folder.resolve(exchange.getRequestURI().getPath().substring("/repo/".length()));
            byte[] body = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
            exchange.sendResponseHeaders(Files.isRegularFile(file) ? 200 : 404, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            ArtifactRepository repository =
                    Catalog.at("http://127.0.0.1:" + server.getAddress().getPort() + "/repo");
            List<String> trouble = new ArrayList<>();
            assertThat(catalog(repository).features(trouble::add)).isEmpty();
            assertThat(trouble).hasSize(1).first().asString().contains("features.index is not there");
            write(HttpRepository.INDEX, "# ours\ng.h:f:1.0\n");
            assertThat(repository.features()).containsExactly(FEATURE);
            assertThatThrownBy(() -> catalog(repository).fetch(JAR, repository))
                    .hasMessageContaining("has no checksum beside it");
            write(JAR.path() + ".sha1", Checksum.of(CONTENT, "SHA-1"));
            assertThat(catalog(repository).fetch(JAR, repository)).isEqualTo(CONTENT);
            assertThatThrownBy(() -> catalog(repository).fetch(Coordinates.parse("g:gone:1"), repository))
                    .hasMessageStartingWith("g:gone:1 is in none of the repositories http://");
        } finally {
            server.stop(0);
        }
    }

    /** Such as one that points at the newest of several. */
    @Test
    void aLinkToAFolderIsARepositoryToo(@TempDir Path elsewhere) throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), folder);
        assertThat(new FolderRepository("link", link).features()).containsExactly(FEATURE);
    }

    /** One that sends a byte now and then would keep every other change waiting. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void whatNeverEndsIsGivenUp() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('#');
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
        try {
            ArtifactRepository slow =
                    new HttpRepository("http://127.0.0.1:" + server.getAddress().getPort(), Duration.ofMillis(200));
            assertThatThrownBy(slow::features)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("/features.index did not come within ");
        } finally {
            over.countDown();
            server.stop(0);
        }
    }

    @Test
    void whoDoesNotAnswerIsNamed() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        List<String> trouble = new ArrayList<>();
        catalog(Catalog.at("http://127.0.0.1:" + port)).features(trouble::add);
        assertThat(trouble).singleElement().asString().endsWith("cannot be read: no connection to 127.0.0.1:" + port);
    }

    private static Catalog catalog(ArtifactRepository repository) {
        return new Catalog(List.of(repository));
    }

    private FolderRepository folder() {
        return new FolderRepository("here", folder);
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
