package org.papertrader.link.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.papertrader.gate.Edge;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.link.api.LinkRequestHandler;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.MessageType;
import org.papertrader.protocol.api.Request;
import org.papertrader.sessions.api.PresenceListener.Presence;
import org.papertrader.workers.api.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services behind the master's end; what finds none for the moment is parked. Thread-safe, never blocks. */
final class MasterServices {
    /** Requests of one worker under way; more are answered {@code busy}. */
    static final int IN_FLIGHT_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(MasterServices.class);
    private static final int SESSIONS_PER_RECORD = 10_000;
    private static final int NOTICES_PER_RECORD = 1_000;

    final Gate<FrameCodec> codecs = new Gate<>("codec");
    final Gate<LinkRequestHandler> handlers = new Gate<>("router");
    final Gate<Workers> workers = new Gate<>("workers");
    final WaitingBytes waiting;
    private final Edge edge;

    /** @param waiting counts what waits for all workers */
    MasterServices(ScheduledExecutorService timer, WaitingBytes waiting) {
        this.waiting = waiting;
        this.edge = LinkEdge.on(timer);
    }

    <T> CompletionStage<T> withCodec(Function<FrameCodec, T> call) {
        return edge.call(codecs, true, codec -> CompletableFuture.completedFuture(call.apply(codec)));
    }

    <T> CompletionStage<T> withWorkers(Function<Workers, T> call) {
        return edge.call(workers, true, register -> CompletableFuture.completedFuture(call.apply(register)));
    }

    CompletionStage<LinkReply> handle(LinkRequest request) {
        return edge.call(handlers, isRepeatable(request), handler -> handler.handle(request));
    }

    /** Reads may be asked again; orders too, as worker and sequence identify them. */
    private static boolean isRepeatable(LinkRequest request) {
        if (!(request.call() instanceof LinkRequest.Call.Forward forward)) {
            return true;
        }
        return forward.request() instanceof Request.Order
                || forward.request().instruction().messageType() == MessageType.DATA_TRANSFER;
    }

    /** Completes, always well, when the router has heard it or cannot. */
    CompletionStage<Void> presence(UUID worker, List<Presence> changes) {
        return edge.call(handlers, true, handler -> {
                    handler.presence(worker, changes);
                    return CompletableFuture.<Void>completedFuture(null);
                })
                .exceptionally(failure -> {
                    LOG.warn("presence of worker {} lost", worker, failure);
                    return null;
                });
    }

    /** At once or not at all: the next answer follows soon, and this one's time would not be true. */
    void reported(UUID worker, StatusBodies.Told told) {
        Lease<Workers> lease = workers.tryLease();
        if (lease != null) {
            try (lease) {
                lease.service().reported(worker, told.asked(), told.status());
            }
        }
    }

    CompletionStage<List<LinkPush>> welcome(UUID worker) {
        return edge.call(handlers, true, handler -> CompletableFuture.completedFuture(handler.welcome(worker)));
    }

    /** The bodies of the records that carry a push. */
    CompletionStage<List<byte[]>> encode(LinkPush push) {
        return withCodec(codec ->
                split(push).stream().map(part -> PushBodies.write(part, codec)).toList());
    }

    private static List<LinkPush> split(LinkPush push) {
        List<LinkPush> parts = new ArrayList<>();
        if (push instanceof LinkPush.SessionsEnded ended) {
            Chunks.of(ended.sessions(), SESSIONS_PER_RECORD)
                    .forEach(part -> parts.add(new LinkPush.SessionsEnded(part)));
        } else if (push instanceof LinkPush.Notices notices) {
            Chunks.of(notices.notices(), NOTICES_PER_RECORD).forEach(part -> parts.add(new LinkPush.Notices(part)));
        } else {
            parts.add(push);
        }
        return parts;
    }
}
