package org.papertrader.transport.internal;

import java.time.Instant;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.transport.api.ClientConnection;
import org.papertrader.transport.api.ClientHandler;
import org.papertrader.transport.api.IncomingRequest;

/** Answers ping at once, getAssetInfo with a payload, listAssets from another thread, login never. */
final class FakeHandler implements ClientHandler, AutoCloseable {
    static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();
    final Queue<String> events = new ConcurrentLinkedQueue<>();
    final AtomicInteger handled = new AtomicInteger();
    final Queue<Long> received = new ConcurrentLinkedQueue<>();
    final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
    private final ExecutorService later = Executors.newSingleThreadExecutor();
    volatile byte[] payload = new byte[0];
    volatile boolean hold;

    @Override
    public void opened(ClientConnection connection) {
        events.add("opened");
        connection.attach(this);
        open.add(connection);
    }

    @Override
    public void closed(ClientConnection connection) {
        events.add("closed");
        open.remove(connection);
    }

    @Override
    public void request(ClientConnection connection, IncomingRequest request) {
        if (connection.attachment() != this) {
            throw new IllegalStateException("request before opened");
        }
        handled.incrementAndGet();
        received.add(request.receivedMillis());
        long id = request.frame().requestId();
        DecodeResult<Request> decoded = request.decode();
        if (decoded instanceof DecodeResult.Malformed<Request> malformed) {
            Refusal refusal = malformed.refusal();
            connection.answer(id, new Return.Failure(refusal));
            return;
        }
        Request value = ((DecodeResult.Ok<Request>) decoded).value();
        if (value instanceof Request.GetAssetInfo) {
            byte[] bytes = payload;
            connection.answer(id, bytes);
        } else if (value instanceof Request.ListAssets || hold) {
            Runnable answer = () -> connection.answer(id, new Return.Pong(TIME));
            if (hold) {
                held.add(answer);
            } else {
                later.execute(answer);
            }
        } else if (value instanceof Request.Logout) {
            throw new IllegalStateException("a handler's fault");
        } else {
            connection.answer(id, new Return.Pong(TIME));
        }
    }

    void answerHeld() {
        for (Runnable answer = held.poll(); answer != null; answer = held.poll()) {
            later.execute(answer);
        }
    }

    @Override
    public void close() {
        later.shutdownNow();
    }
}
