package org.papertrader.itests.platform;

import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.papertrader.model.OrderId;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.ProtocolV1;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;

/**
 * In the container: a connection that subscribes to the notices of a session and then says nothing more. It counts what
 * comes over the wire, where the client library would hide a notice that comes twice.
 */
final class Subscriber implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final FrameCodec codec = ProtocolV1.frames();
    private final Map<OrderId, Integer> notices = new ConcurrentHashMap<>();
    private final Socket socket;
    private final Thread reader = new Thread(this::read, "subscriber");
    private volatile boolean subscribed;

    Subscriber(int port, SessionId session) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            ByteBuf requests = Unpooled.buffer();
            codec.encodeRequest(1, session, new Request.ResumeSession(), requests);
            codec.encodeRequest(2, session, new Request.Subscribe(), requests);
            requests.readBytes(socket.getOutputStream(), requests.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader.setDaemon(true);
        reader.start();
        await().atMost(RunningPlatform.START_MAX).until(() -> subscribed);
    }

    boolean isOpen() {
        return reader.isAlive();
    }

    /** How often the order's end was told. */
    int notices(OrderId order) {
        return notices.getOrDefault(order, 0);
    }

    private void read() {
        ByteBuf in = Unpooled.buffer();
        try {
            while (in.writeBytes(socket.getInputStream(), BUFFER_BYTES) >= 0) {
                int length = codec.frameLength(in, in.readerIndex(), ProtocolLimits.RETURN_DATA_MAX);
                while (length > 0 && length <= in.readableBytes()) {
                    if (codec.decodeReturn(codec.view(in, in.readerIndex(), null))
                            instanceof DecodeResult.Ok<Return> frame) {
                        heard(frame.value());
                    }
                    in.skipBytes(length);
                    length = codec.frameLength(in, in.readerIndex(), ProtocolLimits.RETURN_DATA_MAX);
                }
                in.discardReadBytes();
            }
        } catch (IOException e) {
            // The connection has ended, which is what isOpen tells.
            return;
        }
    }

    private void heard(Return frame) {
        if (frame instanceof Return.SubscribeSuccess) {
            subscribed = true;
        } else if (frame instanceof Return.OrderFilled filled) {
            notices.merge(filled.traded().orderId(), 1, Integer::sum);
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
