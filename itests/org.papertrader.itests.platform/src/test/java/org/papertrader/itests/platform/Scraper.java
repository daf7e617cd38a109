package org.papertrader.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.papertrader.metrics.exposition.Exposition;

/** In the container: asks for the page of metrics as Prometheus does. Thread-safe. */
final class Scraper {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI place;

    Scraper(RunningPlatform platform) {
        Path file = platform.path("papertrader.data").resolve("http");
        String url = await().atMost(RunningPlatform.START_MAX)
                .ignoreExceptions()
                .until(() -> Files.readString(file).strip(), text -> !text.isEmpty());
        place = URI.create(url + "/metrics");
    }

    /** A valid page, at the first try. */
    Exposition scrape() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(place).timeout(ANSWER_MAX).build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer::body).isEqualTo(200);
        return Exposition.parse(answer.body());
    }
}
