package org.papertrader.link.internal;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.papertrader.gate.Edge;
import org.papertrader.gate.Failures;
import org.papertrader.gate.Gate;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.link.api.OutcomeUnknownException;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.sessions.api.PresenceListener.Presence;
import org.papertrader.transport.api.StreamPeer;

/** A worker's end of one link, from hello to its end. */
final class Uplink extends LinkEnd {
    private static final int NO_MORE = 0;

    private final Setup setup;
    private final Gate<FrameCodec> codecs;
    private final Edge edge;
    private final Events events;
    private final Outstanding outstanding;
    private final Assemblies assemblies = new Assemblies();
    private CompletionStage<Void> pushes = CompletableFuture.completedFuture(null);
    private volatile boolean up;

    Uplink(StreamPeer peer, Setup setup, Gate<FrameCodec> codecs, Edge edge, Events events, WaitingBytes waiting) {
        super(peer, waiting);
        this.setup = setup;
        this.codecs = codecs;
        this.edge = edge;
        this.events = events;
        this.outstanding = new Outstanding(setup.inFlightMax(), setup.requestTimeoutNanos());
    }

    /**
     * What a link needs to know of its worker.
     *
     * @param version of the worker's software
     */
    record Setup(WorkerServer server, String version, int inFlightMax, long requestTimeoutNanos) {}

    /** What an uplink tells, on its loop. */
    interface Events {
        /** The master admitted this worker. */
        void up(Uplink link);

        /** The master tells something. */
        void pushed(LinkPush push);

        /** The link has ended, whether it was up or not. */
        void ended(Uplink link, boolean wasUp);
    }

    /** Says hello. */
    void begin() {
        sender.send(Kind.HELLO, 0, worker(), HelloBodies.write(setup.server(), setup.version()));
    }

    /** Any thread. */
    boolean isUp() {
        return up;
    }

    /** Requests under way. Any thread. */
    int inFlight() {
        return outstanding.size();
    }

    @Override
    UUID worker() {
        return setup.server().uuid();
    }

    @Override
    String peerName() {
        return "the master at " + peer.remoteAddress().getHostAddress();
    }

    /** Any thread. */
    CompletionStage<LinkReply> send(LinkRequest request) {
        Outstanding.Place place = outstanding.open();
        long begun = System.nanoTime();
        place.reply().whenComplete((reply, failure) -> traffic.requests.record(System.nanoTime() - begun));
        withCodec(codec -> RequestBodies.write(request, codec)).whenComplete((body, failure) -> {
            if (failure == null) {
                sender.send(RequestBodies.kind(request), place.correlation(), worker(), body);
            } else {
                outstanding.fail(place.correlation(), Failures.unwrap(failure));
            }
        });
        return place.reply();
    }

    /** Any thread. */
    void presence(List<Presence> changes) {
        sender.send(Kind.PRESENCE, 0, worker(), RequestBodies.presence(changes));
    }

    /** Any thread. */
    void tell(StatusBodies.Told told) {
        sender.send(Kind.STATUS, 0, worker(), StatusBodies.write(told));
    }

    @Override
    void record(LinkRecord record) {
        if (!up) {
            first(record);
            return;
        }
        switch (record.kind()) {
            case ANSWER -> answer(record);
            case DATA -> outstanding.complete(record.correlation(), new LinkReply.Data(record.body()));
            case DATA_PART -> part(record);
            case ACTIVE_SESSION -> outstanding.complete(record.correlation(), ReplyBodies.session(record.body()));
            case MARKET, SESSIONS_ENDED, NOTICES, WORKER_LIST, STATUS_ASKED, MOVE_CLIENTS -> push(record);
            default -> throw new BadRecord(record.kind() + " from a master");
        }
    }

    private void first(LinkRecord record) {
        switch (record.kind()) {
            case WELCOME -> {
                up = true;
                reader.admit();
                events.up(this);
            }
            case REFUSED -> broken("the master refuses this worker; its log says why");
            default -> throw new BadRecord(record.kind() + " before welcome");
        }
    }

    private void answer(LinkRecord record) {
        withCodec(codec -> ReplyBodies.answer(record.body(), codec)).whenComplete((reply, failure) -> {
            if (failure == null) {
                outstanding.complete(record.correlation(), reply);
                return;
            }
            outstanding.fail(
                    record.correlation(), new OutcomeUnknownException("the master's reply was not understood"));
            brokenIfBad(failure);
        });
    }

    private void part(LinkRecord record) {
        ReplyBodies.Part part = ReplyBodies.part(record.body());
        if (!outstanding.contains(record.correlation())) {
            credit(record.correlation(), NO_MORE);
            return;
        }
        outstanding.extend(record.correlation());
        byte[] payload = assemblies.add(record.correlation(), part);
        if (payload == null) {
            credit(record.correlation(), part.bytes().length);
        } else {
            outstanding.complete(record.correlation(), new LinkReply.Data(payload));
        }
    }

    private void credit(long correlation, int bytes) {
        sender.send(Kind.CREDIT, correlation, worker(), RequestBodies.credit(bytes));
    }

    /** Decodes one after the other, so that they stay in order even where one must wait for a codec. */
    private void push(LinkRecord record) {
        pushes = pushes.thenCompose(before -> withCodec(codec -> PushBodies.read(record.kind(), record.body(), codec)))
                .handle((push, failure) -> {
                    if (failure == null) {
                        peer.execute(() -> pushed(push));
                    } else {
                        lost(record.kind(), Failures.unwrap(failure));
                    }
                    return null;
                });
    }

    /** What was read too late, after the link's end, may be older than what the next link has told. */
    private void pushed(LinkPush push) {
        if (up) {
            events.pushed(push);
        }
    }

    /** What the master tells must be heard, of ended sessions above all: a new link begins with how all is then. */
    private void lost(Kind kind, Throwable cause) {
        broken(cause instanceof BadRecord ? String.valueOf(cause.getMessage()) : kind + " was not read: " + cause);
    }

    private void brokenIfBad(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof BadRecord) {
            broken(String.valueOf(cause.getMessage()));
        }
    }

    private <T> CompletionStage<T> withCodec(Function<FrameCodec, T> call) {
        return edge.call(codecs, true, codec -> CompletableFuture.completedFuture(call.apply(codec)));
    }

    @Override
    void tick(long now) {
        super.tick(now);
        outstanding.expire(now);
        assemblies.retain(outstanding::contains).forEach(correlation -> credit(correlation, NO_MORE));
    }

    @Override
    void ended() {
        boolean wasUp = up;
        up = false;
        outstanding.close();
        events.ended(this, wasUp);
    }
}
