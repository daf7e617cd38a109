package org.papertrader.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.DataAssembler;
import org.papertrader.protocol.ProtocolV1;
import org.papertrader.protocol.api.ConnectionState;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;

/**
 * One TCP connection: pipelined requests, each with its own future; state switches are put in by themselves where a
 * request needs the other state. Thread-safe.
 */
final class Connection implements Closeable {
    private static final int READ_BUFFER_BYTES = 64 * 1024;

    private final ServerAddress server;
    private final Wire wire;
    private final OutputStream out;
    private final ClientOptions options;
    private final Listener listener;
    private final FrameCodec codec = ProtocolV1.frames();
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final Thread reader;
    private final ReentrantLock sendLock = new ReentrantLock();
    private final Object intake = new Object();
    private boolean ending;
    private ConnectionState state = ConnectionState.COMMAND;
    private CompletableFuture<Reply> lastSwitch = CompletableFuture.completedFuture(null);
    private long lastRequestId;
    private volatile long lastSentNanos = System.nanoTime();
    private volatile long lastReceivedNanos = System.nanoTime();
    private volatile @Nullable String partingWords;

    /** Hears what nobody asked for, on the reader's thread. */
    interface Listener {
        /** A notice came. */
        void notice(Connection connection, Return notice);

        /** It ended, but not because this end closed it; the requests under way have failed by now. */
        void lost(Connection connection);
    }

    /** What came back: a return, or the data of a whole transfer. */
    sealed interface Reply {
        /** A return. */
        record Answer(Return value) implements Reply {}

        /** A transfer. */
        record Data(byte[] payload) implements Reply {}
    }

    /** @param stateSwitch answers the last switch that went before it */
    private record Pending(
            Instruction instruction,
            CompletableFuture<Reply> reply,
            DataAssembler assembler,
            CompletableFuture<Reply> stateSwitch) {
        void answered(Return value) {
            if (value instanceof Return.Fail fail && fail.refusal().code() == ReasonCode.WRONG_STATE) {
                // It came behind a switch that was refused: what refused that one has refused this one too.
                stateSwitch.whenComplete((switched, failure) -> reply.complete(
                        switched instanceof Reply.Answer answer && answer.value() instanceof Return.Fail
                                ? answer
                                : new Reply.Answer(value)));
            } else {
                reply.complete(new Reply.Answer(value));
            }
        }
    }

    private Connection(ServerAddress server, Wire wire, ClientOptions options, Listener listener) throws IOException {
        this.server = server;
        this.wire = wire;
        this.out = wire.out();
        this.options = options;
        this.listener = listener;
        this.reader = new Thread(this::read, "papertrader-client-reader");
        reader.setDaemon(true);
    }

    /** Connects, within this limit for each answer; throws as {@link Wire#open} does. */
    static Connection open(
            ServerAddress server, ServerTrust trust, Duration limit, ClientOptions options, Listener listener) {
        Wire wire = Wire.open(server, trust, limit);
        try {
            Connection connection = new Connection(server, wire, options, listener);
            connection.reader.start();
            return connection;
        } catch (IOException e) {
            throw new ConnectionLostException("the connection ended: " + e.getMessage(), e);
        }
    }

    /**
     * Sends a request; where it needs the other state, a switch goes before it.
     *
     * @param reply completes with what comes back, or fails when it is not known whether the request was done
     * @return false when the connection takes no more requests: nothing was sent, and {@code reply} stays as it is
     */
    boolean send(SessionId session, Request request, CompletableFuture<Reply> reply) {
        sendLock.lock();
        try {
            ByteBuf bytes = Unpooled.buffer(256);
            synchronized (intake) {
                if (ending) {
                    return false;
                }
                if (!request.instruction().isAllowedIn(state)) {
                    encodeSwitch(session, bytes);
                }
                encode(session, request, reply, bytes);
            }
            write(bytes);
        } finally {
            sendLock.unlock();
        }
        return true;
    }

    private void encodeSwitch(SessionId session, ByteBuf bytes) {
        ConnectionState other =
                state == ConnectionState.COMMAND ? ConnectionState.DATA_TRANSFER : ConnectionState.COMMAND;
        CompletableFuture<Reply> switched = new CompletableFuture<>();
        encode(session, new Request.SwitchState(other), switched, bytes);
        switched.whenComplete((answer, failure) -> onSwitched(other, answer));
        state = other;
        lastSwitch = switched;
    }

    ServerAddress server() {
        return server;
    }

    /** Nanoseconds since something was sent. */
    long idleNanos() {
        return System.nanoTime() - lastSentNanos;
    }

    /** Nanoseconds since something was received. */
    long silentNanos() {
        return System.nanoTime() - lastReceivedNanos;
    }

    boolean isOpen() {
        return !wire.isClosed();
    }

    /** True once the server has said that it ends the connection, or wants it ended. */
    boolean isLeaving() {
        return partingWords != null;
    }

    /** Why it ends, in the server's words when it gave some. */
    String endText() {
        String words = partingWords;
        return words == null ? "the server ended the connection" : words;
    }

    /** True once it takes no more requests. */
    boolean isEnding() {
        synchronized (intake) {
            return ending;
        }
    }

    /** Takes no more requests, and closes when those under way are answered. */
    void closeWhenAnswered() {
        boolean idle;
        synchronized (intake) {
            ending = true;
            idle = pending.isEmpty();
        }
        if (idle) {
            close();
        }
    }

    /** The certificate that the server showed; empty in plaintext. */
    Optional<CertificateFingerprint> certificate() {
        return wire.certificate();
    }

    @Override
    public void close() {
        end();
        closeQuietly();
        fail(new ConnectionLostException("the connection was closed", null));
    }

    /** True at the first time. */
    private boolean end() {
        synchronized (intake) {
            boolean first = !ending;
            ending = true;
            return first;
        }
    }

    /** A refused switch leaves the server's state as it was: so is ours, for what is sent from now on. */
    private void onSwitched(ConnectionState wanted, @Nullable Reply answer) {
        boolean done = answer instanceof Reply.Answer value && value.value() instanceof Return.StateSwitchSuccess;
        if (!done) {
            sendLock.lock();
            try {
                if (state == wanted) {
                    state = wanted == ConnectionState.DATA_TRANSFER
                            ? ConnectionState.COMMAND
                            : ConnectionState.DATA_TRANSFER;
                }
            } finally {
                sendLock.unlock();
            }
        }
    }

    private void encode(SessionId session, Request request, CompletableFuture<Reply> reply, ByteBuf bytes) {
        lastRequestId = lastRequestId == ProtocolLimits.REQUEST_ID_MAX ? 1 : lastRequestId + 1;
        pending.put(lastRequestId, new Pending(request.instruction(), reply, new DataAssembler(), lastSwitch));
        codec.encodeRequest(lastRequestId, session, request, bytes);
    }

    private void write(ByteBuf bytes) {
        try {
            out.write(bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), bytes.readableBytes());
            lastSentNanos = System.nanoTime();
        } catch (IOException e) {
            lost(e);
        }
    }

    private void read() {
        ByteBuf in = Unpooled.buffer(READ_BUFFER_BYTES);
        try {
            InputStream stream = wire.in();
            FrameView view = null;
            while (in.writeBytes(stream, READ_BUFFER_BYTES) >= 0) {
                lastReceivedNanos = System.nanoTime();
                int length = codec.frameLength(in, in.readerIndex(), ProtocolLimits.RETURN_DATA_MAX);
                while (length > 0 && length <= in.readableBytes()) {
                    view = codec.view(in, in.readerIndex(), view);
                    received(view);
                    in.skipBytes(length);
                    length = codec.frameLength(in, in.readerIndex(), ProtocolLimits.RETURN_DATA_MAX);
                }
                if (length == FrameCodec.HOPELESS) {
                    throw new IOException("the server does not speak protocol version " + codec.version());
                }
                in.discardReadBytes();
            }
            lost(null);
        } catch (IOException e) {
            lost(e);
        } catch (RuntimeException e) {
            // A listener's fault must not leave callers waiting for a reader that is gone.
            lost(e);
        }
    }

    private void received(FrameView frame) {
        if (frame.instruction() == Instruction.DATA.number()) {
            data(frame);
            return;
        }
        if (!(codec.decodeReturn(frame) instanceof DecodeResult.Ok<Return> ok)) {
            // A return of a newer server that this client does not know (PRO-8).
            Pending request = pending.get(frame.requestId());
            if (request != null) {
                ConnectionLostException failure = new ConnectionLostException("an answer was not understood", null);
                answered(frame.requestId(), () -> request.reply.completeExceptionally(failure));
            }
            return;
        }
        if (frame.requestId() == ProtocolLimits.REQUEST_ID_NOTICE) {
            notice(ok.value());
            return;
        }
        Pending request = pending.get(frame.requestId());
        if (request != null) {
            answered(frame.requestId(), () -> request.answered(ok.value()));
        }
    }

    private void answered(long requestId, Runnable completion) {
        pending.remove(requestId);
        completion.run();
        boolean done;
        synchronized (intake) {
            done = ending && pending.isEmpty();
        }
        if (done) {
            close();
        }
    }

    private void notice(Return notice) {
        if (notice instanceof Return.Closing closing) {
            partingWords = closing.refusal().text();
        } else if (notice instanceof Return.MoveToWorker move) {
            partingWords = move.refusal().text();
        } else if (notice instanceof Return.Failure failure) {
            partingWords = failure.refusal().text();
        }
        listener.notice(this, notice);
    }

    private void data(FrameView frame) {
        Pending request = pending.get(frame.requestId());
        if (request == null) {
            return;
        }
        DataAssembler.Step step = request.assembler.accept(frame);
        options.progress().packet(request.instruction.text(), frame.messageNumber(), frame.messageMax());
        if (step instanceof DataAssembler.Complete complete) {
            answered(frame.requestId(), () -> request.reply.complete(new Reply.Data(complete.payload())));
        } else if (step instanceof DataAssembler.Broken broken) {
            RefusedException failure = new RefusedException(broken.refusal());
            answered(frame.requestId(), () -> request.reply.completeExceptionally(failure));
        }
    }

    private void lost(@Nullable Throwable cause) {
        boolean first = end();
        closeQuietly();
        fail(new ConnectionLostException(endText(), cause));
        if (first) {
            listener.lost(this);
        }
    }

    /** In the order in which they were sent. */
    private void fail(ConnectionLostException failure) {
        for (Long requestId : new TreeSet<>(pending.keySet())) {
            Pending request = pending.remove(requestId);
            if (request != null) {
                request.reply.completeExceptionally(failure);
            }
        }
    }

    private void closeQuietly() {
        // The orderly end of TLS waits for whoever writes, and that one perhaps for a server that does not read.
        boolean orderly = sendLock.tryLock();
        try {
            if (orderly) {
                wire.close();
            } else {
                wire.cut();
            }
        } catch (IOException e) {
            // Nothing depends on an orderly end of a socket that is given up.
            return;
        } finally {
            if (orderly) {
                sendLock.unlock();
            }
        }
    }
}
