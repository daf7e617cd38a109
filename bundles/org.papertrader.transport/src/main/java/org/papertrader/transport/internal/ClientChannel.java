package org.papertrader.transport.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Return;
import org.papertrader.transport.api.ClientHandler;

/**
 * A client's connection, with all of it that outlives a swap of the handler. Everything belongs to the event loop but
 * the methods that say otherwise; they hop there.
 */
final class ClientChannel extends ChannelInboundHandlerAdapter {
    private final long id = ClientPort.nextId();
    private final ClientPort port;
    private final Channel channel;
    private final EventLoop loop;
    private final LoopState loopState;
    private final InetAddress remoteAddress;
    private final FrameReader reader;
    private final Answers answers;
    private final Turns turns;
    private final Requests requests;
    private final ClientState facts;
    private final Patience patience;
    private ClientPhase phase = ClientPhase.NEW;
    private boolean reading;
    private boolean flushScheduled;
    private @Nullable Return last;
    private boolean lastAfterOpen;
    private boolean inputEnded;
    private long deadline;

    ClientChannel(ClientPort port, Channel channel) {
        this.port = port;
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.loopState = port.loop(loop);
        this.remoteAddress = Addresses.remote(channel);
        this.patience = new Patience(channel);
        this.facts = new ClientState(loop);
        this.requests = new Requests(port, this);
        this.reader = new FrameReader(this, port);
        this.answers = new Answers(port, channel, reader);
        this.turns = new Turns(this, port);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        // A client that has said all still gets its answers.
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        if (channel.isActive()) {
            open();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        open();
    }

    private void open() {
        if (phase != ClientPhase.NEW) {
            return;
        }
        if (!port.admit(remoteAddress)) {
            phase = ClientPhase.CLOSED;
            Answers.turnAway(port.codecs, channel, new Return.Closing(Refusal.of(ReasonCode.BUSY)));
            return;
        }
        phase = ClientPhase.OPEN;
        loopState.add(this);
        Turn turn = turns.begin();
        if (turn != null) {
            turn.end();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (phase != ClientPhase.OPEN) {
            in.release();
            return;
        }
        reading = true;
        patience.read();
        reader.read(in, ctx.alloc());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        scheduleFlush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable()) {
            scheduleFlush();
        } else {
            patience.stalled();
        }
        updateReading();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (phase == ClientPhase.NEW || phase == ClientPhase.CLOSED) {
            return;
        }
        phase = ClientPhase.CLOSED;
        turns.close();
        requests.drop();
        reader.release();
        answers.release();
        loopState.remove(this);
        port.left(remoteAddress);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        // The end of TLS says the same as that of the TCP stream below it.
        if (event == ChannelInputShutdownEvent.INSTANCE || event == SslCloseCompletionEvent.SUCCESS) {
            inputEnded = true;
            answerTheRest();
        }
    }

    /** After the client's last byte: what is under way is answered, then the connection closes. */
    private void answerTheRest() {
        if (inputEnded && phase == ClientPhase.LINGERING) {
            channel.close();
        } else if (inputEnded && !reader.isParked()) {
            beginEnding(null, true);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            port.quietLog.warn("connection failed", remoteAddress, cause);
        }
        channel.close();
    }

    boolean isOpen() {
        return phase == ClientPhase.OPEN;
    }

    /** False once the connection has ended. */
    boolean isAlive() {
        return phase != ClientPhase.CLOSED;
    }

    @Nullable
    Turn beginTurn() {
        loopState.incoming.received();
        return turns.begin();
    }

    /** Handles a whole frame; without a turn it is refused. */
    void handle(@Nullable Turn turn, FrameCodec codec, ByteBuf in, int start) {
        requests.handle(turn, loopState.incoming, codec, in, start);
    }

    /** The client's bytes make no sense: says so and closes. */
    void fatal(Refusal refusal) {
        port.counters.malformed.increment();
        beginEnding(new Return.Failure(refusal), false);
    }

    /** A handler was bound: it learns of this connection, and gets what waits. */
    void handlerCame() {
        if (phase == ClientPhase.OPEN) {
            Turn turn = turns.begin();
            if (turn != null) {
                turn.end();
            }
            resume();
        }
    }

    /** A handler has left for good. */
    void handlerLeft(ClientHandler handler) {
        Turn turn = turns.remove(handler);
        if (turn != null) {
            turn.over();
            requests.abandonedBy(turn);
        }
    }

    /** A handler or codec is there that was not. */
    void resume() {
        if (phase == ClientPhase.CLOSED) {
            return;
        }
        answers.resume();
        reader.resume(channel.alloc());
        updateReading();
        scheduleFlush();
        answerTheRest();
    }

    /** Any thread. */
    void notice(Return notice) {
        if (!loop.inEventLoop()) {
            hop(() -> notice(notice));
        } else if (phase == ClientPhase.OPEN && answers.notice(notice)) {
            scheduleFlush();
        } else {
            port.counters.noticesDropped.increment();
        }
    }

    /** Says this last thing after what is on its way, then closes. */
    void end(Return closing) {
        if (loop.inEventLoop()) {
            beginEnding(closing, false);
        } else {
            hop(() -> beginEnding(closing, false));
        }
    }

    void hop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            port.quietLog.warn("answer for a connection whose loop has ended", remoteAddress, null);
        }
    }

    void write(long requestId, Return answer) {
        if (phase == ClientPhase.OPEN || phase == ClientPhase.ENDING) {
            answers.write(requestId, answer);
            scheduleFlush();
        }
    }

    void write(long requestId, byte[] payload) {
        if (phase == ClientPhase.OPEN || phase == ClientPhase.ENDING) {
            answers.write(requestId, payload);
            scheduleFlush();
        }
    }

    private void scheduleFlush() {
        if (!reading && !flushScheduled) {
            flushScheduled = true;
            loopState.flushSoon(this);
        }
    }

    /** Sends what there is to send. */
    void flush() {
        flushScheduled = false;
        if (phase == ClientPhase.OPEN || phase == ClientPhase.ENDING) {
            answers.flush();
            updateReading();
            finishIfDone();
        }
    }

    /** Reads on unless something says not to. */
    void updateReading() {
        boolean wanted =
                switch (phase) {
                    case OPEN -> !reader.isParked() && answers.takesMore();
                    case LINGERING -> true;
                    case NEW, ENDING, CLOSED -> false;
                };
        if (channel.config().isAutoRead() != wanted) {
            channel.config().setAutoRead(wanted);
        }
    }

    boolean isReading() {
        return channel.config().isAutoRead();
    }

    /** As {@link #end}, but first every open request is answered. */
    void endWhenAnswered(Return closing) {
        beginEnding(closing, true);
    }

    private void beginEnding(@Nullable Return lastReturn, boolean afterOpen) {
        if (phase != ClientPhase.OPEN) {
            return;
        }
        phase = ClientPhase.ENDING;
        last = lastReturn;
        lastAfterOpen = afterOpen;
        deadline = System.nanoTime() + (inputEnded ? Limits.STALL_NANOS : Limits.STOP_LIMIT.toNanos());
        updateReading();
        scheduleFlush();
    }

    private void finishIfDone() {
        if (phase == ClientPhase.ENDING && answers.transfers() == 0 && !(lastAfterOpen && requests.open() > 0)) {
            finish();
        }
    }

    private void finish() {
        if (last != null && port.codecs.isServed()) {
            answers.write(ProtocolLimits.REQUEST_ID_NOTICE, last);
        }
        answers.flush();
        phase = ClientPhase.LINGERING;
        deadline = System.nanoTime() + Limits.LINGER_NANOS;
        HalfClose.output(channel, inputEnded);
        updateReading();
    }

    /** Closes at once. */
    void cut() {
        channel.close();
    }

    /** Looks at the times; called every now and then. */
    void tick(long now) {
        switch (phase) {
            case OPEN -> tickOpen(now);
            case ENDING -> {
                if (now - deadline > 0) {
                    finish();
                }
            }
            case LINGERING -> {
                if (now - deadline > 0) {
                    channel.close();
                }
            }
            case NEW, CLOSED -> {}
        }
    }

    private void tickOpen(long now) {
        boolean isQuiet = requests.open() + answers.transfers() == 0;
        switch (patience.verdict(now, port.limits(), reader, isQuiet)) {
            case FINE -> {}
            case PARKED -> {
                if (!reader.refuseParked(channel.alloc())) {
                    channel.close();
                }
                updateReading();
                scheduleFlush();
                answerTheRest();
            }
            case STALLED -> {
                port.counters.timeouts.increment();
                channel.close();
            }
            case PARTIAL -> timeOut(Refusal.of(ReasonCode.IDLE_TIMEOUT, "A begun frame took too long."));
            case IDLE -> timeOut(Refusal.of(ReasonCode.IDLE_TIMEOUT));
        }
    }

    private void timeOut(Refusal reason) {
        port.counters.timeouts.increment();
        beginEnding(new Return.Closing(reason), false);
    }

    long id() {
        return id;
    }

    InetAddress remoteAddress() {
        return remoteAddress;
    }

    ClientState facts() {
        return facts;
    }

    Requests requests() {
        return requests;
    }

    int transfers() {
        return answers.transfers();
    }

    boolean inLoop() {
        return loop.inEventLoop();
    }
}
