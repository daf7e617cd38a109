package org.papertrader.master.internal;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Edge;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.metrics.api.RequestMeter;
import org.papertrader.model.Caller;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.PayloadCodec;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;

/**
 * Routes what workers ask to the module that answers it (MST-2). Every refusal and every failure becomes a reply; all
 * that is under way at {@link #close} is answered then. Never blocks; any thread.
 */
final class Router implements AutoCloseable {
    private final Modules modules;
    private final Supplier<Edge> edge;
    private final AccountDesk accounts;
    private final TradeDesk trades;
    private final MarketDesk market;
    private final InfoDesk info;
    private final RequestMeter<Instruction> meter = new RequestMeter<>(Instruction.class);
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, UnderWay> underWay = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private record UnderWay(Instruction instruction, CompletableFuture<LinkReply> reply) {}

    Router(Modules modules, Supplier<Edge> edge, Facts facts, Clock clock) {
        this.modules = modules;
        this.edge = edge;
        accounts = new AccountDesk(modules, edge, clock);
        trades = new TradeDesk(modules, edge, clock);
        market = new MarketDesk(modules, edge, clock, accounts);
        info = new InfoDesk(modules, edge, clock, facts);
    }

    InfoDesk info() {
        return info;
    }

    /** Counts what was answered. */
    RequestMeter<Instruction> meter() {
        return meter;
    }

    CompletionStage<LinkReply> handle(LinkRequest request) {
        if (request.call() instanceof LinkRequest.Call.Forward forward) {
            Request asked = forward.request();
            return reply(asked.instruction(), request.caller(), () -> desk(asked.instruction())
                    .handle(request.caller(), asked));
        }
        return check(request.caller());
    }

    /** A worker's own question counts as taking up the session. */
    private CompletionStage<LinkReply> check(Caller caller) {
        return reply(Instruction.RESUME_SESSION, caller, () -> accounts.check(caller));
    }

    private Desk desk(Instruction instruction) {
        return switch (instruction) {
            case LOGIN, RESUME_SESSION, REGISTER, LOGOUT, GET_USER_INFO -> accounts;
            case PURCHASE_ASSET, SELL_ASSET, CANCEL_ORDER -> trades;
            case GET_USER_PORTFOLIO, GET_USER_TRANSACTION_HISTORY, GET_ORDERS -> trades;
            case GET_ASSET_INFO, GET_ASSET_VALUE_CURRENT, GET_ASSET_VALUE_DAY, GET_ASSET_VALUE_WEEK -> market;
            case GET_ASSET_VALUE_MONTH, GET_ASSET_VALUE_YEAR, GET_ASSET_VALUE_ALL_TIME -> market;
            case GET_ASSET_VALUE_PREDICTED, LIST_ASSETS -> market;
            // What ends at the worker (switchState, subscribe, ping) is not allowed here.
            default -> info;
        };
    }

    private CompletionStage<LinkReply> reply(
            Instruction instruction, Caller caller, Supplier<CompletionStage<Answer>> asked) {
        long begun = System.nanoTime();
        CompletableFuture<LinkReply> reply = new CompletableFuture<>();
        Long number = numbers.incrementAndGet();
        underWay.put(number, new UnderWay(instruction, reply));
        reply.whenComplete((value, failure) -> {
            underWay.remove(number);
            meter.answered(instruction, refused(value), System.nanoTime() - begun);
        });
        if (closed) {
            reply.complete(refusal(instruction, ReasonCode.UNAVAILABLE));
            return reply;
        }
        started(caller, asked)
                .thenCompose(answer -> toReply(instruction, answer))
                .whenComplete((value, failure) -> finish(instruction, caller, reply, value, failure));
        return reply;
    }

    private static @Nullable ReasonCode refused(@Nullable LinkReply reply) {
        return reply instanceof LinkReply.Answer answer && answer.answer() instanceof Return.Fail fail
                ? fail.refusal().code()
                : null;
    }

    private static CompletionStage<Answer> started(Caller caller, Supplier<CompletionStage<Answer>> asked) {
        try {
            return LogContext.during(caller, asked);
        } catch (RuntimeException e) {
            // The edge of the router: a fault of one request must not leave it unanswered.
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void finish(
            Instruction instruction,
            Caller caller,
            CompletableFuture<LinkReply> reply,
            @Nullable LinkReply value,
            @Nullable Throwable failure) {
        if (failure == null && value != null) {
            reply.complete(value);
            return;
        }
        Throwable cause = failure == null ? new IllegalStateException("no answer") : failure;
        Refusal refusal = LogContext.during(caller, () -> Failed.reason(instruction, cause));
        reply.complete(new LinkReply.Answer(Return.refusal(instruction, refusal)));
    }

    private CompletionStage<LinkReply> toReply(Instruction instruction, Answer answer) {
        if (answer instanceof Answer.Data data) {
            // A read: while the codec is swapped it waits like a request that finds no module.
            return edge.get()
                    .<PayloadCodec, LinkReply>call(
                            modules.codec(),
                            true,
                            codec -> CompletableFuture.completedFuture(
                                    new LinkReply.Data(codec.encode(data.payload()))));
        } else if (answer instanceof Answer.Granted granted) {
            return CompletableFuture.completedFuture(new LinkReply.ActiveSession(granted.id(), granted.session()));
        } else if (answer instanceof Answer.Yes yes) {
            return CompletableFuture.completedFuture(new LinkReply.Answer(yes.value()));
        }
        return CompletableFuture.completedFuture(
                new LinkReply.Answer(Return.refusal(instruction, ((Answer.No) answer).refusal())));
    }

    private static LinkReply refusal(Instruction instruction, ReasonCode code) {
        return new LinkReply.Answer(Return.refusal(instruction, Failed.unknown(instruction, code)));
    }

    /** Answers what still waits; nothing new is taken. */
    @Override
    public void close() {
        closed = true;
        underWay.values().forEach(one -> one.reply().complete(refusal(one.instruction(), ReasonCode.UNAVAILABLE)));
    }
}
