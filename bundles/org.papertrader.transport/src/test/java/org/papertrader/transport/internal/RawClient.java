package org.papertrader.transport.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A blocking client that sends whatever bytes it is told. */
final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 15_000;

    final Socket socket;
    private final ByteBuf received = Unpooled.buffer();
    private final Deque<Frames.Got> frames = new ArrayDeque<>();
    private final byte[] chunk = new byte[64 * 1024];

    RawClient(int port) {
        this(port, 0);
    }

    RawClient(Socket connected) {
        socket = connected;
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawClient(int port, int receiveBuffer) {
        socket = new Socket();
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawClient send(byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The next frame; empty at the end of the connection. */
    Optional<Frames.Got> next() {
        while (frames.isEmpty()) {
            int length = fill();
            if (length < 0) {
                return Optional.empty();
            }
            frames.addAll(Frames.read(received));
            received.discardReadBytes();
        }
        return Optional.of(frames.remove());
    }

    List<Frames.Got> next(int count) {
        List<Frames.Got> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(next().orElseThrow(() -> new AssertionError("closed after " + list.size() + " frames")));
        }
        return list;
    }

    /** All frames until the server closes. */
    List<Frames.Got> untilClosed() {
        List<Frames.Got> list = new ArrayList<>();
        for (Optional<Frames.Got> frame = next(); frame.isPresent(); frame = next()) {
            list.add(frame.get());
        }
        return list;
    }

    private int fill() {
        try {
            InputStream in = socket.getInputStream();
            int length = in.read(chunk);
            if (length > 0) {
                received.writeBytes(chunk, 0, length);
            }
            return length;
        } catch (SocketException e) {
            return -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
