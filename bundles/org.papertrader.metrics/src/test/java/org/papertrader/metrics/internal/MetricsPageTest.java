package org.papertrader.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.exposition.Exposition;

@Tag("DS-7")
class MetricsPageTest {
    private final Collector collector = new Collector();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        collector.bindSource(() -> List.of(MetricFamily.counter("a_total", "A.", 5)), Map.of());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        MetricsPage page = new MetricsPage(collector);
        server.createContext("/", exchange -> {
            try (exchange) {
                page.handle(exchange);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void answersAScrape() throws Exception {
        HttpResponse<String> answer = ask();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(Exposition.parse(answer.body()).value("a_total", Map.of())).isEqualTo(5);
    }

    private HttpResponse<String> ask() throws IOException, InterruptedException {
        URI place = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
        HttpRequest request = HttpRequest.newBuilder(place).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
