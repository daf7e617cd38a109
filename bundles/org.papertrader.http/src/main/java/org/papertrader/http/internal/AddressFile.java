package org.papertrader.http.internal;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Where programs on this machine find the port: one line, the URL of it. Only the owner can read it. */
final class AddressFile {
    private final Path file;

    AddressFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** Replaces the file in one step; others read what was there before, or all that is there now. */
    void write(String url) throws IOException {
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        try (FileChannel channel = FileChannel.open(
                next,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(ByteBuffer.wrap((url + "\n").getBytes(StandardCharsets.US_ASCII)));
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes the file away, unless a successor has written its own. */
    void remove(String url) throws IOException {
        if (Files.exists(file)
                && Files.readString(file, StandardCharsets.US_ASCII).equals(url + "\n")) {
            Files.delete(file);
        }
    }

    /** How a program on this machine reaches a port, which may listen on all addresses. */
    static String url(InetSocketAddress address) {
        InetAddress listening = address.getAddress();
        InetAddress host = listening.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : listening;
        String text = host.getHostAddress();
        return "http://" + (host instanceof Inet6Address ? "[" + text + "]" : text) + ":" + address.getPort();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
