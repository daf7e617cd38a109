package org.papertrader.relay.internal;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.papertrader.gate.Failures;
import org.papertrader.link.api.LinkDownException;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.OutcomeUnknownException;
import org.papertrader.model.Caller;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;

/** Turns the master's replies into outcomes: what it refused stays refused, with its reason. */
final class Replies {
    private static final Refusal NOT_DONE = Refusal.of(ReasonCode.MASTER_UNAVAILABLE);
    private static final Refusal PERHAPS_DONE = Refusal.of(
            ReasonCode.OUTCOME_UNKNOWN, "The master's answer did not come in time; it may have been done, or not.");

    private Replies() {}

    /**
     * Forwards a request and reads its payload.
     *
     * @param read the outcome of a payload; empty when it is not of the kind asked for
     * @param refused the outcome of a refusal
     */
    static <R> CompletionStage<R> payload(
            MasterCalls master,
            Caller caller,
            Request request,
            Function<Payload, Optional<R>> read,
            Function<Refusal, R> refused) {
        return seen(
                master.forward(caller, request),
                reply -> {
                    if (reply instanceof LinkReply.Data data
                            && master.decode(request, data.payload()) instanceof DecodeResult.Ok<Payload> ok) {
                        return read.apply(ok.value());
                    }
                    return Optional.empty();
                },
                refused);
    }

    /**
     * Reads the reply to a request that changes something; refusals, a link that is down and a lost reply go to {@code
     * refused}. Of a lost reply nobody knows what the master did.
     */
    static <R> CompletionStage<R> settle(
            CompletionStage<LinkReply> reply, Function<LinkReply, Optional<R>> read, Function<Refusal, R> refused) {
        return settle(reply, read, refused, PERHAPS_DONE);
    }

    /** The same for a request that changes nothing. */
    static <R> CompletionStage<R> seen(
            CompletionStage<LinkReply> reply, Function<LinkReply, Optional<R>> read, Function<Refusal, R> refused) {
        return settle(reply, read, refused, NOT_DONE);
    }

    private static <R> CompletionStage<R> settle(
            CompletionStage<LinkReply> reply,
            Function<LinkReply, Optional<R>> read,
            Function<Refusal, R> refused,
            Refusal lost) {
        CompletableFuture<R> result = new CompletableFuture<>();
        reply.whenComplete((value, failure) -> {
            if (failure == null) {
                complete(result, value, read, refused);
            } else {
                fail(result, Failures.unwrap(failure), refused, lost);
            }
        });
        return result;
    }

    private static <R> void complete(
            CompletableFuture<R> result,
            LinkReply reply,
            Function<LinkReply, Optional<R>> read,
            Function<Refusal, R> refused) {
        try {
            if (reply instanceof LinkReply.Answer answer && answer.answer() instanceof Return.Fail fail) {
                result.complete(refused.apply(fail.refusal()));
            } else {
                result.complete(read.apply(reply)
                        .orElseGet(() -> refused.apply(
                                Refusal.of(ReasonCode.INTERNAL, "The master's answer could not be read."))));
            }
        } catch (RuntimeException e) {
            // A codec that is just being swapped: the caller's edge tries again.
            result.completeExceptionally(e);
        }
    }

    private static <R> void fail(
            CompletableFuture<R> result, Throwable failure, Function<Refusal, R> refused, Refusal lost) {
        if (failure instanceof LinkDownException) {
            result.complete(refused.apply(NOT_DONE));
        } else if (failure instanceof OutcomeUnknownException) {
            result.complete(refused.apply(lost));
        } else {
            result.completeExceptionally(failure);
        }
    }
}
