package org.papertrader.http.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads each request to the handler of its path, and answers plainly where there is none. */
final class Pages implements HttpHandler {
    static final String PATH = "org.papertrader.http.path";

    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;

    private final Map<String, Page> pages = new ConcurrentHashMap<>();

    void bind(HttpHandler handler, Map<String, ?> properties) {
        if (properties.get(PATH) instanceof String path && path.startsWith("/")) {
            pages.computeIfAbsent(path, Page::new).bind(handler, properties);
        } else {
            LOG.error("a handler has no path: {} must be a String that begins with /", PATH);
        }
    }

    void unbind(HttpHandler handler, Map<String, ?> properties) {
        Page page = properties.get(PATH) instanceof String path ? pages.get(path) : null;
        if (page != null) {
            page.unbind(handler);
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpExchange reply = begin(exchange);
            switch (exchange.getRequestMethod()) {
                case "GET", "HEAD" -> answer(reply);
                default -> {
                    exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                    say(reply, METHOD_NOT_ALLOWED, "only GET and HEAD");
                }
            }
        } catch (InterruptedException e) {
            // The port closes; the caller sees its connection end.
            Thread.currentThread().interrupt();
        }
    }

    /** Answers that too much is asked at once. */
    void refuse(HttpExchange exchange) throws IOException {
        try (exchange) {
            say(begin(exchange), UNAVAILABLE, "too many requests at once");
        }
    }

    /** Each connection is for one request: nobody waits on one that a stop would break. */
    private static HttpExchange begin(HttpExchange exchange) {
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        return exchange.getRequestMethod().equals("HEAD") ? new HeadExchange(exchange) : exchange;
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        Page page = pages.get(String.valueOf(exchange.getRequestURI().getPath()));
        if (page == null) {
            say(exchange, NOT_FOUND, "no such page; there is: " + served());
            return;
        }
        @Nullable Lease<HttpHandler> lease = page.lease();
        if (lease == null) {
            say(exchange, UNAVAILABLE, "what answers here is not running");
            return;
        }
        try (lease) {
            lease.service().handle(exchange);
        } catch (RuntimeException | LinkageError e) {
            // A page that fails must not take the port with it.
            LOG.warn("the page {} failed", exchange.getRequestURI().getPath(), e);
            if (exchange.getResponseCode() < 0) {
                say(exchange, FAILED, "this page failed; the log says why");
            }
        }
    }

    private String served() {
        return pages.entrySet().stream()
                .filter(page -> page.getValue().isServed())
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static void say(HttpExchange exchange, int status, String line) throws IOException {
        byte[] text = (line + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
    }
}
