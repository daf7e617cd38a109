package org.papertrader.master.internal;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Edge;
import org.papertrader.marketdata.api.MarketStatus;
import org.papertrader.model.Caller;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.workers.api.Workers;

/** The list of workers (PRO-10) and what any client must know first. Neither needs a session. */
final class InfoDesk extends Desk {
    private final Facts facts;

    InfoDesk(Modules modules, Supplier<Edge> edge, Clock clock, Facts facts) {
        super(modules, edge, clock);
        this.facts = facts;
    }

    @Override
    CompletionStage<Answer> handle(Caller caller, Request request) {
        return switch (request.instruction()) {
            case GET_WORKERS -> workers(caller.worker());
            case GET_SERVER_INFO ->
                ask(
                        modules.marketData(),
                        true,
                        market -> CompletableFuture.completedFuture(market.status()),
                        this::serverInfo);
            default -> no(ReasonCode.NOT_ALLOWED);
        };
    }

    /** @param near the worker whose client asks; null for a client of none */
    CompletionStage<Answer> workers(@Nullable UUID near) {
        return ask(
                modules.workers(),
                true,
                workers -> CompletableFuture.completedFuture(list(workers, near)),
                list -> new Answer.Yes(list));
    }

    /** As many workers as a return may hold. */
    static Return.Workers list(Workers workers, @Nullable UUID near) {
        List<WorkerServer> available = workers.available(near);
        return new Return.Workers(available.subList(0, Math.min(available.size(), ProtocolLimits.WORKERS_MAX)));
    }

    private Answer serverInfo(Optional<MarketStatus> status) {
        return status.flatMap(present -> facts.info(present, clock().instant()))
                .<Answer>map(info -> new Answer.Yes(new Return.ServerInfoReturn(info)))
                .orElseGet(() -> new Answer.No(Refusal.of(ReasonCode.UNAVAILABLE)));
    }
}
