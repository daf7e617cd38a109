package org.papertrader.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the port answers, over real sockets. */
class PagesTest {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
    private static final Map<String, String> PATH = Map.of(Pages.PATH, "/a");
    private static final byte[] TEXT = "hello\n".getBytes(StandardCharsets.UTF_8);

    private final Pages pages = new Pages();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
    private Listener listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new Listener(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), pages);
    }

    @AfterEach
    void close() {
        listener.close();
    }

    @Test
    void aHandlerAnswersOnItsPathAlone() throws Exception {
        pages.bind(hello(), PATH);
        assertThat(get("/a?x=1"))
                .matches(reply -> reply.statusCode() == 200 && reply.body().equals("hello\n"));
        assertThat(get("/a").headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(get("/a/b").statusCode()).isEqualTo(404);
        assertThat(get("/")).satisfies(reply -> {
            assertThat(reply.statusCode()).isEqualTo(404);
            assertThat(reply.body()).isEqualTo("no such page; there is: /a\n");
        });
    }

    @Test
    void headGivesTheHeadersOfGetWithoutItsBody() throws Exception {
        pages.bind(hello(), PATH);
        HttpResponse<String> reply = send("HEAD", "/a");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Length")).contains("6");
        assertThat(reply.body()).isEmpty();
        assertThat(send("HEAD", "/none").statusCode()).isEqualTo(404);
    }

    @Test
    void nothingCanBeChangedOverIt() throws Exception {
        pages.bind(hello(), PATH);
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH")) {
            HttpResponse<String> reply = send(method, "/a");
            assertThat(reply.statusCode()).as(method).isEqualTo(405);
            assertThat(reply.headers().firstValue("Allow")).contains("GET, HEAD");
        }
    }

    @Test
    void aHandlerThatThrowsIsOneFailedPage() throws Exception {
        pages.bind(
                exchange -> {
                    throw new IllegalStateException("on purpose");
                },
                PATH);
        assertThat(get("/a").statusCode()).isEqualTo(500);
        pages.bind(hello(), Map.of(Pages.PATH, "/b"));
        assertThat(get("/b").statusCode()).isEqualTo(200);
    }

    @Test
    void aHandlerWithoutAPathIsNotServed() throws Exception {
        pages.bind(hello(), Map.of(Pages.PATH, "a"));
        pages.bind(hello(), Map.of());
        assertThat(get("/a").statusCode()).isEqualTo(404);
    }

    @Test
    void aRequestThatMeetsNoHandlerWaitsForTheNext() throws Exception {
        HttpHandler first = hello();
        pages.bind(first, PATH);
        // The first request of a program takes longest, and the next handler is not waited for forever.
        assertThat(get("/a").statusCode()).isEqualTo(200);
        pages.unbind(first, PATH);
        CompletableFuture<HttpResponse<String>> reply = client.sendAsync(request("GET", "/a"), BodyHandlers.ofString());
        await().until(() -> Thread.getAllStackTraces().entrySet().stream()
                .anyMatch(thread -> thread.getKey().getName().startsWith("papertrader-http-")
                        && List.of(thread.getValue()).toString().contains(Page.class.getName())));
        pages.bind(hello(), PATH);
        assertThat(reply.get(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aHandlerThatStaysAwayIs503() throws Exception {
        HttpHandler first = hello();
        pages.bind(first, PATH);
        pages.unbind(first, PATH);
        assertThat(get("/a").statusCode()).isEqualTo(503);
        assertThat(get("/").body()).isEqualTo("no such page; there is: \n");
    }

    @Test
    void aHandlerIsNotTakenAwayUnderARequest() throws Exception {
        waitsForARequest(slow -> pages.unbind(slow, PATH), () -> get("/").body().equals("no such page; there is: \n"));
    }

    @Test
    void thePortIsNotClosedUnderARequest() throws Exception {
        int port = port();
        waitsForARequest(slow -> listener.close(), () -> isClosed(port));
    }

    private void waitsForARequest(Consumer<HttpHandler> leave, Callable<Boolean> isLeaving) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean left = new AtomicBoolean();
        HttpHandler slow = exchange -> {
            inside.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertThat(left).isFalse();
            hello().handle(exchange);
        };
        pages.bind(slow, PATH);
        CompletableFuture<HttpResponse<String>> reply = client.sendAsync(request("GET", "/a"), BodyHandlers.ofString());
        assertThat(inside.await(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> leaving = CompletableFuture.runAsync(() -> {
            leave.accept(slow);
            left.set(true);
        });
        await().until(isLeaving);
        assertThat(leaving).isNotDone();
        go.countDown();
        assertThat(reply.get(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS).statusCode())
                .isEqualTo(200);
        leaving.get(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS);
    }

    /** More than threads and queue hold: the rest hears so, or is not let in, and afterwards all is as before. */
    @Test
    void moreThanItCanServeAtOnceDoesNotStopIt() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        pages.bind(
                exchange -> {
                    inside.incrementAndGet();
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    hello().handle(exchange);
                },
                PATH);
        List<Socket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < Listener.CONNECTIONS_MAX * 3; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
                crowd.add(socket);
                socket.getOutputStream()
                        .write("GET /a HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            await().atMost(ANSWER_MAX).untilAsserted(() -> assertThat(inside).hasPositiveValue());
            go.countDown();
            long served = 0;
            for (Socket socket : crowd) {
                served += firstLine(socket).contains(" 200 ") ? 1 : 0;
            }
            assertThat(served).isBetween(1L, (long) Listener.CONNECTIONS_MAX + 1);
            assertThat(get("/a").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    /** As many as there are threads begin a request and never end it. */
    @Test
    void slowCallersAreCutOff() throws Exception {
        pages.bind(hello(), PATH);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i : IntStream.range(0, 16).toArray()) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
                slow.add(socket);
                socket.getOutputStream().write(("GET /a HTTP/1.1\r\nX" + i).getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(get("/a").statusCode()).isEqualTo(200);
            for (Socket socket : slow) {
                assertThat(firstLine(socket)).doesNotContain(" 200 ");
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void headersWithoutEndAreRefused() throws Exception {
        pages.bind(hello(), PATH);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            String much = "x".repeat(40_000);
            try {
                socket.getOutputStream().write(("GET /a HTTP/1.1\r\nX: " + much + "\r\n\r\n").getBytes());
            } catch (IOException closedMeanwhile) {
                // That is a refusal too.
            }
            assertThat(firstLine(socket)).doesNotContain(" 200 ");
        }
        assertThat(get("/a").statusCode()).isEqualTo(200);
    }

    private static HttpHandler hello() {
        return exchange -> {
            exchange.sendResponseHeaders(200, TEXT.length);
            exchange.getResponseBody().write(TEXT);
        };
    }

    private static boolean isClosed(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (ConnectException closed) {
            return true;
        }
    }

    private static String firstLine(Socket socket) throws IOException {
        socket.setSoTimeout((int) ANSWER_MAX.toMillis());
        try {
            InputStream in = socket.getInputStream();
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
                line.append((char) c);
            }
            return line.toString();
        } catch (java.net.SocketException reset) {
            return "";
        }
    }

    private int port() {
        return listener.address().getPort();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path);
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        return client.send(request(method, path), BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(method, BodyPublishers.noBody())
                .timeout(ANSWER_MAX)
                .build();
    }
}
