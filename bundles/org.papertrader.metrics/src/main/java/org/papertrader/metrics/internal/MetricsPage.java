package org.papertrader.metrics.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What Prometheus asks for over HTTP; the socket, paths and methods are of whoever uses this service. */
@Component(service = HttpHandler.class, property = "org.papertrader.http.path=/metrics")
public final class MetricsPage implements HttpHandler {
    private static final int OK = 200;

    private final Collector collector;

    @Activate
    public MetricsPage(@Reference Collector collector) {
        this.collector = collector;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        byte[] body = TextFormat.of(collector.collect()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", TextFormat.CONTENT_TYPE);
        exchange.sendResponseHeaders(OK, body.length);
        exchange.getResponseBody().write(body);
    }
}
