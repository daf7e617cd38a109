package org.papertrader.transport.internal;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.Return;

/**
 * Hands frames to handlers and sees to it that each is answered exactly once, whatever the handler does. Belongs to the
 * loop, but for {@link #answer}.
 */
final class Requests {
    private final ClientPort port;
    private final ClientChannel channel;
    private final OpenRequests open = new OpenRequests();
    private @Nullable Turn handling;
    private long handlingId;
    private boolean handlingAnswered;

    Requests(ClientPort port, ClientChannel channel) {
        this.port = port;
        this.channel = channel;
    }

    /** How many wait for their answer. */
    int open() {
        return open.size();
    }

    /** Hands a whole frame to the handler; without a turn it is refused as unavailable. */
    void handle(@Nullable Turn turn, IncomingFrame frame, FrameCodec codec, ByteBuf in, int start) {
        FrameView view = frame.wrap(codec, in, start);
        long requestId = view.requestId();
        port.counters.requests.increment();
        if (frame.hasBadHeader() && frame.decode() instanceof DecodeResult.Malformed<?> malformed) {
            channel.fatal(malformed.refusal());
        } else if (turn == null) {
            channel.write(requestId, refusal(Instruction.ofNumber(view.instruction()), ReasonCode.UNAVAILABLE));
        } else if (open.contains(requestId)) {
            Refusal twice = Refusal.of(ReasonCode.BAD_ARGUMENTS, "A request with this id is under way.");
            channel.write(requestId, new Return.Failure(twice));
        } else if (open.size() + channel.transfers() >= port.limits().inFlightMax()) {
            port.counters.busy.increment();
            channel.write(requestId, Return.error(ReasonCode.BUSY));
        } else {
            call(turn, requestId, frame);
        }
    }

    private void call(Turn turn, long requestId, IncomingFrame frame) {
        int instruction = frame.frame().instruction();
        handling = turn;
        handlingId = requestId;
        handlingAnswered = false;
        try {
            turn.handler().request(turn, frame);
        } catch (RuntimeException | LinkageError e) {
            // Whatever fails in a handler costs its request, not the connection.
            port.quietLog.warn("handler failed", turn, e);
            answer(turn, requestId, Return.error(ReasonCode.INTERNAL));
        }
        handling = null;
        Refusal fatal = frame.fatal();
        if (fatal == null) {
            if (!handlingAnswered) {
                open.add(new OpenRequests.Open(requestId, turn, Instruction.ofNumber(instruction)));
            }
        } else if (handlingAnswered) {
            port.counters.malformed.increment();
            channel.end(new Return.Closing(fatal));
        } else {
            channel.fatal(fatal);
        }
    }

    /** Any thread. Void when the request is not this turn's to answer, any more. */
    void answer(Turn turn, long requestId, Return answer) {
        if (!channel.inLoop()) {
            channel.hop(() -> answer(turn, requestId, answer));
        } else if (take(turn, requestId)) {
            channel.write(requestId, answer);
        }
    }

    /** Any thread. Void when the request is not this turn's to answer, any more. */
    void answer(Turn turn, long requestId, byte[] payload) {
        if (!channel.inLoop()) {
            channel.hop(() -> answer(turn, requestId, payload));
        } else if (take(turn, requestId)) {
            channel.write(requestId, payload);
        }
    }

    private boolean take(Turn turn, long requestId) {
        if (handling == turn && handlingId == requestId && !handlingAnswered) {
            handlingAnswered = true;
            return true;
        }
        return open.take(requestId, turn);
    }

    /** A handler has left for good: what it never answered is answered for it. */
    void abandonedBy(Turn turn) {
        for (OpenRequests.Open request : open.removeIf(candidate -> candidate.turn() == turn)) {
            boolean changes =
                    request.instruction().filter(Instruction::isChange).isPresent();
            ReasonCode reason = changes ? ReasonCode.OUTCOME_UNKNOWN : ReasonCode.UNAVAILABLE;
            channel.write(request.requestId(), refusal(request.instruction(), reason));
        }
    }

    /** The connection is gone; nobody waits for answers. */
    void drop() {
        open.removeIf(request -> true);
    }

    private static Return refusal(Optional<Instruction> instruction, ReasonCode reason) {
        return instruction
                .filter(Instruction::isRequest)
                .map(request -> (Return) Return.refusal(request, Refusal.of(reason)))
                .orElseGet(() -> Return.error(reason));
    }
}
