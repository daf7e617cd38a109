package org.papertrader.link.internal;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.BusyException;
import org.papertrader.gate.Failures;
import org.papertrader.gate.UnavailableException;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.Return;
import org.papertrader.sessions.api.PresenceListener.Presence;
import org.papertrader.transport.api.StreamPeer;
import org.papertrader.workers.api.Workers.Admission;
import org.papertrader.workers.api.Workers.WorkerHello;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The master's end of one link, from hello to its end. */
final class Downlink extends LinkEnd {
    private static final Logger LOG = LoggerFactory.getLogger(Downlink.class);

    private enum State {
        HELLO,
        ADMITTING,
        UP
    }

    private final UUID worker;
    private final String keyFingerprint;
    private final MasterServices services;
    private final Events events;
    private final AtomicInteger open = new AtomicInteger();
    private CompletionStage<Void> presence = CompletableFuture.completedFuture(null);
    private final PresentSessions present = new PresentSessions();
    private State state = State.HELLO;
    private volatile boolean welcomed;

    /**
     * @param worker whose link it is
     * @param keyFingerprint of the key that the handshake proved
     */
    Downlink(StreamPeer peer, UUID worker, String keyFingerprint, MasterServices services, Events events) {
        super(peer, services.waiting);
        this.worker = worker;
        this.keyFingerprint = keyFingerprint;
        this.services = services;
        this.events = events;
    }

    /** What a downlink asks of whoever keeps the links. */
    interface Events {
        /** Decides on a worker, and keeps the link if it is admitted. Any thread. */
        CompletionStage<Admission> admit(Downlink link, WorkerHello hello);

        /** The worker was told that it is welcome. */
        void up(Downlink link, UUID worker);

        /** The link of an admitted worker has ended. */
        void ended(Downlink link, UUID worker);
    }

    /** Requests under way. Any thread. */
    int inFlight() {
        return open.get();
    }

    @Override
    UUID worker() {
        return worker;
    }

    /** The full fingerprint of the key that the handshake proved. */
    String keyFingerprint() {
        return keyFingerprint;
    }

    @Override
    String peerName() {
        return "worker " + worker + " at " + peer.remoteAddress().getHostAddress();
    }

    @Override
    void record(LinkRecord record) {
        switch (state) {
            case HELLO -> hello(record);
            case UP -> fromWorker(record);
            case ADMITTING -> throw new BadRecord(record.kind() + " before welcome");
        }
    }

    private void hello(LinkRecord record) {
        if (record.kind() != Kind.HELLO) {
            throw new BadRecord(record.kind() + " before hello");
        }
        WorkerHello hello = HelloBodies.read(worker, keyFingerprint, record.body());
        state = State.ADMITTING;
        events.admit(this, hello).whenComplete((admission, failure) -> peer.execute(() -> decided(admission, failure)));
    }

    private void decided(@Nullable Admission admission, @Nullable Throwable failure) {
        if (isOver()) {
            if (admission instanceof Admission.Admitted) {
                events.ended(this, worker);
            }
        } else if (admission instanceof Admission.Admitted) {
            state = State.UP;
            reader.admit();
            signal(Kind.WELCOME, 0, worker);
            welcomed = true;
            events.up(this, worker);
        } else {
            String why = admission instanceof Admission.Rejected rejected
                    ? rejected.text()
                    : "no register of workers: " + failure;
            LOG.warn("worker {} at {} refused: {}", worker, peer.remoteAddress().getHostAddress(), why);
            signal(Kind.REFUSED, 0, worker);
            // Its own task: the refusal, scheduled before, leaves first.
            peer.execute(() -> peer.execute(peer::close));
        }
    }

    private void fromWorker(LinkRecord record) {
        switch (record.kind()) {
            case FORWARD, CHECK_SESSION -> request(record);
            case PRESENCE -> {
                List<Presence> changes = RequestBodies.presence(record.body());
                present.apply(changes);
                tell(record.worker(), changes);
            }
            case CREDIT -> sender.credit(record.correlation(), RequestBodies.credit(record.body()));
            case STATUS -> services.reported(record.worker(), StatusBodies.read(record.body()));
            default -> throw new BadRecord(record.kind() + " from a worker");
        }
    }

    private void tell(UUID from, List<Presence> changes) {
        presence = presence.thenCompose(before -> services.presence(from, changes));
    }

    /** A router came, which does not know yet what this worker told the one before. Any thread. */
    void tellAgain() {
        peer.execute(() -> {
            List<Presence> all = present.all();
            if (state == State.UP && !all.isEmpty()) {
                tell(worker, all);
            }
        });
    }

    private void request(LinkRecord record) {
        if (open.incrementAndGet() > MasterServices.IN_FLIGHT_MAX) {
            reply(record, new LinkReply.Answer(Return.error(ReasonCode.BUSY)));
            return;
        }
        services.withCodec(codec -> RequestBodies.read(record, codec))
                .thenCompose(this::handle)
                .whenComplete((reply, failure) -> {
                    if (failure == null) {
                        reply(record, reply);
                        return;
                    }
                    if (Failures.unwrap(failure) instanceof BadRecord bad) {
                        broken(String.valueOf(bad.getMessage()));
                    }
                    reply(record, new LinkReply.Answer(Return.error(ReasonCode.INTERNAL)));
                });
    }

    private CompletionStage<LinkReply> handle(DecodeResult<LinkRequest> decoded) {
        if (decoded instanceof DecodeResult.Malformed<LinkRequest> malformed) {
            return CompletableFuture.completedFuture(new LinkReply.Answer(new Return.Failure(malformed.refusal())));
        }
        LinkRequest request = ((DecodeResult.Ok<LinkRequest>) decoded).value();
        return services.handle(request).exceptionally(failure -> refusal(request, Failures.unwrap(failure)));
    }

    private static LinkReply refusal(LinkRequest request, Throwable failure) {
        ReasonCode reason;
        if (failure instanceof UnavailableException) {
            reason = ReasonCode.UNAVAILABLE;
        } else if (failure instanceof BusyException) {
            reason = ReasonCode.BUSY;
        } else {
            LOG.error("request of worker {} failed", request.caller().worker(), failure);
            reason = isChange(request) ? ReasonCode.OUTCOME_UNKNOWN : ReasonCode.INTERNAL;
        }
        return new LinkReply.Answer(
                request.call() instanceof LinkRequest.Call.Forward forward
                        ? Return.refusal(forward.request().instruction(), Refusal.of(reason))
                        : Return.error(reason));
    }

    private static boolean isChange(LinkRequest request) {
        return request.call() instanceof LinkRequest.Call.Forward forward
                && forward.request().instruction().isChange();
    }

    private void reply(LinkRecord request, LinkReply reply) {
        open.decrementAndGet();
        long correlation = request.correlation();
        UUID to = request.worker();
        if (reply instanceof LinkReply.Data data) {
            if (!sender.payload(correlation, to, data.payload())) {
                answer(correlation, to, new LinkReply.Answer(Return.error(ReasonCode.BUSY)));
            }
        } else if (reply instanceof LinkReply.ActiveSession active) {
            sender.send(Kind.ACTIVE_SESSION, correlation, to, ReplyBodies.session(active));
        } else if (reply instanceof LinkReply.Answer answer) {
            answer(correlation, to, answer);
        }
    }

    private void answer(long correlation, UUID to, LinkReply.Answer answer) {
        services.withCodec(codec -> ReplyBodies.answer(answer, codec)).whenComplete((body, failure) -> {
            if (failure == null) {
                sender.send(Kind.ANSWER, correlation, to, body);
            } else {
                // The worker will find the outcome unknown, which is true.
                LOG.error("reply to worker {} could not be encoded", to, failure);
            }
        });
    }

    /** Any thread. Dropped before the welcome, after which the router tells all anyway. */
    void push(UUID to, Kind kind, List<byte[]> bodies) {
        if (welcomed) {
            bodies.forEach(body -> sender.send(kind, 0, to, body));
        }
    }

    @Override
    void ended() {
        if (state == State.UP) {
            events.ended(this, worker);
        }
    }
}
