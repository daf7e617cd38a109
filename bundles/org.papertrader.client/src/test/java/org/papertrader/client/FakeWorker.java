package org.papertrader.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.Socket;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.SessionId;
import org.papertrader.model.UserName;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.ProtocolV1;
import org.papertrader.protocol.api.ConnectionState;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;

/** A worker, or a master, that speaks the protocol over real sockets; several of them share their {@link Books}. */
final class FakeWorker implements AutoCloseable {
    private final FrameCodec codec = ProtocolV1.frames();
    private final Books books;
    private final TestServer server;
    private final String fingerprint;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Map<Socket, ConnectionState> states = new ConcurrentHashMap<>();
    final Queue<Request> asked = new ConcurrentLinkedQueue<>();

    /** What is done without an answer: the connection ends instead. */
    volatile Predicate<Request> unanswered = request -> false;

    /** What is refused, as by a worker that has lost its master. */
    volatile Predicate<Request> refused = request -> false;

    /** What is done without an answer, on a connection that stays. */
    volatile Predicate<Request> mute = request -> false;

    /** What all workers know. */
    static final class Books {
        final Set<SessionId> sessions = ConcurrentHashMap.newKeySet();
        final Map<ClientOrderId, Long> orders = new HashMap<>();
        volatile List<WorkerServer> workers = List.of();

        synchronized long accept(ClientOrderId id) {
            return orders.computeIfAbsent(id, fresh -> orders.size() + 1L);
        }
    }

    private FakeWorker(Books books, int port) throws IOException {
        this.books = books;
        this.fingerprint = "";
        this.server = TestServer.plain(port, this::serve);
    }

    private FakeWorker(Books books, TestServer.Identity identity) throws Exception {
        this.books = books;
        this.fingerprint = identity.fingerprint().hex();
        this.server = TestServer.tls(identity, "TLSv1.3", 0, this::serve);
    }

    static FakeWorker plain(Books books) throws IOException {
        return new FakeWorker(books, 0);
    }

    static FakeWorker plain(Books books, int port) throws IOException {
        return new FakeWorker(books, port);
    }

    static FakeWorker tls(Books books, TestServer.Identity identity) throws Exception {
        return new FakeWorker(books, identity);
    }

    int port() {
        return server.port();
    }

    ServerAddress address() {
        return new ServerAddress("localhost", port());
    }

    WorkerServer entry() {
        return entry(fingerprint);
    }

    WorkerServer entry(String otherFingerprint) {
        return new WorkerServer(UUID.randomUUID(), "w", "localhost", port(), "eu", otherFingerprint);
    }

    long count(Class<? extends Request> kind) {
        return asked.stream().filter(kind::isInstance).count();
    }

    /** Sends a notice over all connections. */
    void notice(Return notice) throws IOException {
        for (Socket socket : sockets) {
            if (!socket.isClosed()) {
                send(socket, ProtocolLimits.REQUEST_ID_NOTICE, notice);
            }
        }
    }

    void cut() throws IOException {
        server.cut();
    }

    @Override
    public void close() {
        server.close();
    }

    private void serve(Socket socket) throws IOException {
        sockets.add(socket);
        ByteBuf in = Unpooled.buffer();
        FrameView view = null;
        while (in.writeBytes(socket.getInputStream(), 65_536) >= 0) {
            int length = codec.frameLength(in, in.readerIndex(), ProtocolLimits.REQUEST_DATA_MAX);
            while (length > 0 && length <= in.readableBytes()) {
                view = codec.view(in, in.readerIndex(), view);
                if (!answer(socket, view)) {
                    return;
                }
                in.skipBytes(length);
                length = codec.frameLength(in, in.readerIndex(), ProtocolLimits.REQUEST_DATA_MAX);
            }
            in.discardReadBytes();
        }
    }

    /** False when the connection ends. */
    private boolean answer(Socket socket, FrameView frame) throws IOException {
        Request request = ((DecodeResult.Ok<Request>) codec.decodeRequest(frame)).value();
        asked.add(request);
        Return answer;
        if (!request.instruction().isAllowedIn(states.getOrDefault(socket, ConnectionState.COMMAND))) {
            answer = Return.error(ReasonCode.WRONG_STATE);
        } else if (refused.test(request)) {
            answer = Return.refusal(request.instruction(), Refusal.of(ReasonCode.MASTER_UNAVAILABLE));
        } else {
            answer = answer(frame.sessionId(), request);
        }
        if (answer instanceof Return.StateSwitchSuccess success) {
            states.put(socket, success.state());
        }
        if (unanswered.test(request)) {
            return false;
        } else if (mute.test(request)) {
            return true;
        } else if (answer == null) {
            byte[] payload = ProtocolV1.payloads()
                    .encode(new Payload.OrderPage(Payload.Stamp.once(Instant.EPOCH), false, List.of()));
            ByteBuf out = Unpooled.buffer();
            codec.writeDataHeader(frame.requestId(), new FrameCodec.DataPacket(1, 1, payload.length), out);
            out.writeBytes(payload);
            write(socket, out);
        } else {
            send(socket, frame.requestId(), answer);
        }
        return true;
    }

    /** Null for an empty page of orders. */
    private Return answer(SessionId session, Request request) {
        if (request.instruction().needsSession() && !books.sessions.contains(session)) {
            return Return.refusal(request.instruction(), Refusal.of(ReasonCode.NO_SESSION));
        } else if (request instanceof Request.ResumeSession) {
            return new Return.SessionGranted(session, Instant.EPOCH, new UserName("ada"));
        } else if (request instanceof Request.Purchase order) {
            long id = books.accept(order.clientOrderId().orElseThrow());
            return new Return.PurchaseSuccess(new OrderId(id), Money.ZERO, Money.ZERO, id);
        } else if (request instanceof Request.SwitchState state) {
            return new Return.StateSwitchSuccess(state.state());
        } else if (request instanceof Request.Subscribe) {
            return new Return.SubscribeSuccess();
        } else if (request instanceof Request.Logout) {
            books.sessions.remove(session);
            return new Return.LogoutSuccess();
        } else if (request instanceof Request.Ping) {
            return new Return.Pong(Instant.EPOCH);
        } else if (request instanceof Request.GetWorkers) {
            return new Return.Workers(books.workers);
        } else if (request instanceof Request.Register register) {
            return new Return.RegisterSuccess(register.userName());
        } else if (request instanceof Request.GetOrders) {
            return null;
        }
        return Return.error(ReasonCode.UNKNOWN_INSTRUCTION);
    }

    private void send(Socket socket, long requestId, Return answer) throws IOException {
        ByteBuf out = Unpooled.buffer();
        codec.encodeReturn(requestId, answer, out);
        write(socket, out);
    }

    private static void write(Socket socket, ByteBuf bytes) throws IOException {
        synchronized (socket) {
            socket.getOutputStream().write(bytes.array(), bytes.readerIndex(), bytes.readableBytes());
        }
    }
}
