package org.papertrader.health.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A report over HTTP: 200 while the program serves, else 503. JSON, or with {@code ?text} a table for people. */
final class HealthPage implements HttpHandler {
    /** Header with the status, for who does not want to read the body. */
    static final String STATUS = "X-Papertrader-Health";

    private static final int SERVES = 200;
    private static final int DOES_NOT = 503;

    private final Source source;

    HealthPage(Source source) {
        this.source = source;
    }

    /** Makes reports. */
    @FunctionalInterface
    interface Source {
        Report report() throws InterruptedException;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Report report;
        try {
            report = source.report();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopping", e);
        }
        boolean text = "text".equals(exchange.getRequestURI().getQuery());
        byte[] body = (text ? TextReport.of(report) : JsonReport.of(report)).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", (text ? "text/plain" : "application/json") + "; charset=utf-8");
        exchange.getResponseHeaders().set(STATUS, report.status().name());
        exchange.sendResponseHeaders(report.isServing() ? SERVES : DOES_NOT, body.length);
        exchange.getResponseBody().write(body);
    }
}
