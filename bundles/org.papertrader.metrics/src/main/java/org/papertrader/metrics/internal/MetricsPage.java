package org.papertrader.metrics.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What Prometheus asks for over HTTP; the socket is of whoever uses this service. */
@Component(service = HttpHandler.class, property = "org.papertrader.http.path=" + MetricsPage.PATH)
public final class MetricsPage implements HttpHandler {
    static final String PATH = "/metrics";

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;

    private final Collector collector;

    @Activate
    public MetricsPage(@Reference Collector collector) {
        this.collector = collector;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (!head && !exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                answer(exchange, NOT_ALLOWED, "GET only\n", head);
            } else if (!exchange.getRequestURI().getPath().equals(PATH)) {
                answer(exchange, NOT_FOUND, "metrics are at " + PATH + "\n", head);
            } else {
                answer(exchange, OK, TextFormat.of(collector.collect()), head);
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String text, boolean head) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", TextFormat.CONTENT_TYPE);
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }
}
