package org.papertrader.master.internal;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.papertrader.gate.Edge;
import org.papertrader.gate.Gate;
import org.papertrader.model.Caller;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.Payload.Stamp;
import org.papertrader.protocol.api.Request;

/** Answers the requests of one topic by calling its module through the edge. Never blocks; any thread. */
abstract class Desk {
    final Modules modules;
    private final Supplier<Edge> edge;
    private final Clock clock;

    /** @param edge the edge of the present configuration */
    Desk(Modules modules, Supplier<Edge> edge, Clock clock) {
        this.modules = modules;
        this.edge = edge;
        this.clock = clock;
    }

    /** The answer to a request of this topic. */
    abstract CompletionStage<Answer> handle(Caller caller, Request request);

    /** Calls a module; see {@link Edge#call} for {@code repeatable}. */
    final <S, O> CompletionStage<Answer> ask(
            Gate<S> gate,
            boolean repeatable,
            Function<? super S, CompletionStage<O>> call,
            Function<O, Answer> answer) {
        return edge.get().<S, O>call(gate, repeatable, call).thenApply(answer);
    }

    /** For a read that may be answered only this once. */
    final Stamp once() {
        return Stamp.once(clock.instant());
    }

    final Clock clock() {
        return clock;
    }

    static CompletionStage<Answer> no(ReasonCode code) {
        return CompletableFuture.completedFuture(new Answer.No(Refusal.of(code)));
    }
}
