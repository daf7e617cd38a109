package org.papertrader.itests.platform;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.papertrader.itests.platform.HealthPages.Page;

/**
 * In the container: asks for one page, on a connection of its own. It tells when the request was out, from when on only
 * the port is to blame when there is no answer; the JDK's clients do not, and try again by themselves.
 */
final class PageRequest implements AutoCloseable {
    private static final int ANSWER_MAX_MS = 20_000;
    private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.1 (\\d{3}) .*?\r\n\r\n", Pattern.DOTALL);

    private final Socket socket = new Socket();
    private final long sentNanos;

    /** Has asked once it is made. {@code address} is that of the port, without a path. */
    PageRequest(URI address, String path) throws IOException {
        try {
            socket.setSoTimeout(ANSWER_MAX_MS);
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), ANSWER_MAX_MS);
            // In this version of HTTP, what comes until the end is the page.
            String request = "GET " + path + " HTTP/1.0\r\nHost: " + address.getAuthority() + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            sentNanos = System.nanoTime();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** By {@link System#nanoTime()}. */
    long sentNanos() {
        return sentNanos;
    }

    /** What is answered; throws {@link SocketException} when nothing is. */
    Page answer() throws IOException {
        byte[] bytes = socket.getInputStream().readAllBytes();
        if (bytes.length == 0) {
            throw new SocketException("cut off without an answer");
        }
        // Of which each character is one byte.
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Matcher head = ANSWER.matcher(text);
        if (!head.lookingAt() || !header(head.group(), "Content-Length").equals(bytes.length - head.end() + "")) {
            throw new IOException("cut short: " + text);
        }
        return new Page(
                Integer.parseInt(head.group(1)),
                header(head.group(), "X-Papertrader-Health"),
                new String(bytes, head.end(), bytes.length - head.end(), StandardCharsets.UTF_8));
    }

    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
