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
        return settle(
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
     * Reads the reply to what changes nothing with {@code read}; refusals, a link that is down and a lost reply go to
     * {@code refused}.
     */
    static <R> CompletionStage<R> settle(
            CompletionStage<LinkReply> reply, Function<LinkReply, Optional<R>> read, Function<Refusal, R> refused) {
        return settle(reply, read, refused, ReasonCode.MASTER_UNAVAILABLE);
    }

    /** As {@link #settle}, of a change: when its reply is lost, it may have been done (PRO-16). */
    static <R> CompletionStage<R> settleChange(
            CompletionStage<LinkReply> reply, Function<LinkReply, Optional<R>> read, Function<Refusal, R> refused) {
        return settle(reply, read, refused, ReasonCode.OUTCOME_UNKNOWN);
    }

    private static <R> CompletionStage<R> settle(
            CompletionStage<LinkReply> reply,
            Function<LinkReply, Optional<R>> read,
            Function<Refusal, R> refused,
            ReasonCode lost) {
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
            CompletableFuture<R> result, Throwable failure, Function<Refusal, R> refused, ReasonCode lost) {
        if (failure instanceof LinkDownException) {
            result.complete(refused.apply(Refusal.of(ReasonCode.MASTER_UNAVAILABLE)));
        } else if (failure instanceof OutcomeUnknownException) {
            result.complete(refused.apply(Refusal.of(lost)));
        } else {
            result.completeExceptionally(failure);
        }
    }
}
