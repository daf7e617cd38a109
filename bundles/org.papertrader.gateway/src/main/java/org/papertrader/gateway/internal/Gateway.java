package org.papertrader.gateway.internal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.papertrader.accounts.api.Accounts;
import org.papertrader.accounts.api.LoginOutcome;
import org.papertrader.accounts.api.LogoutOutcome;
import org.papertrader.gate.Edge;
import org.papertrader.gate.Lease;
import org.papertrader.gate.UnavailableException;
import org.papertrader.link.api.LinkPush.AccountNotice;
import org.papertrader.link.api.MasterFacts;
import org.papertrader.link.api.MasterLink;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.RequestMeter;
import org.papertrader.metrics.api.Sample;
import org.papertrader.model.Caller;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.SessionId;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.sessions.api.ClientSessions;
import org.papertrader.sessions.api.SessionCheck;
import org.papertrader.transport.api.ClientConnection;
import org.papertrader.transport.api.ClientHandler;
import org.papertrader.transport.api.IncomingRequest;

/**
 * Meets the clients of a worker: checks state and session of each frame in order of arrival, answers cached reads at
 * once and everything else when its service has answered. No business rules.
 */
final class Gateway implements ClientHandler {
    private static final String TOO_MANY_SESSIONS = "This connection carries " + ProtocolLimits.CARRIED_SESSIONS_MAX
            + " subscribed sessions; log one out or use another connection.";

    private final Backend backend;
    private final Edge edge;
    private final Carriage carriage;
    private final MarketReads reads;
    private final Services services;
    private final Responder responder;
    private final Clock clock;
    private final RequestMeter<Instruction> meter = new RequestMeter<>(Instruction.class);
    private final Connections connections = new Connections();
    private final Notices notices;
    private volatile @Nullable Refusal moving;
    private Set<WorkerServer> workersTold = Set.of();

    Gateway(Backend backend, Edge edge, Clock clock, int inFlightMax) {
        this.backend = backend;
        this.edge = edge;
        this.clock = clock;
        this.reads = new MarketReads(backend, edge, clock);
        this.services = new Services(backend, edge, clock, inFlightMax);
        this.carriage = new Carriage(backend);
        this.responder = new Responder(backend, meter);
        this.notices = new Notices(backend.sessions, connections);
    }

    @Override
    public void opened(ClientConnection connection) {
        connections.opened(connection);
        Refusal reason = moving;
        if (reason != null) {
            connection.notice(new Return.MoveToWorker(reason));
            connection.close(reason);
        } else if (!carriage.tell(connection, desk(connection))) {
            connection.close(Refusal.of(ReasonCode.BUSY, "This worker has as many clients as it may; try another."));
        }
    }

    @Override
    public void closed(ClientConnection connection) {
        connections.closed(connection);
        Lease<ClientSessions> lease = backend.sessions.tryLease();
        if (lease != null) {
            try (lease) {
                lease.service().closed(connection.id());
            }
        }
    }

    @Override
    public void request(ClientConnection connection, IncomingRequest incoming) {
        FrameView frame = incoming.frame();
        Optional<Instruction> known = Instruction.ofNumber(frame.instruction());
        if (known.isEmpty() || !known.get().isRequest()) {
            connection.answer(frame.requestId(), Return.error(ReasonCode.UNKNOWN_INSTRUCTION));
            return;
        }
        Instruction instruction = known.get();
        Desk desk = desk(connection);
        if (desk.isVerifying()) {
            desk.waiting().add(ClientRequest.of(incoming, instruction, clock.instant()));
            return;
        }
        if (MarketReads.isCached(instruction)
                && desk.isAuthorized(frame, incoming.receivedMillis())
                && instruction.isAllowedIn(connection.state())
                && frame.messageType() == instruction.messageType().number()
                && frame.argumentCount() == instruction.argumentsMin()) {
            long begun = desk.lane().begin();
            byte[] payload = reads.cached(frame, incoming.receivedMillis());
            if (payload != null) {
                connection.answer(frame.requestId(), payload);
                desk.lane().answered(instruction, begun);
                return;
            }
        }
        handle(connection, desk, ClientRequest.of(incoming, instruction, clock.instant()));
    }

    /** Client management was replaced: tell it of every connection again. */
    void tellAll() {
        notices.passOn();
        connections.forEach(connection -> connection.execute(() -> carriage.tell(connection, desk(connection))));
    }

    /** Sends a notice to the connections on which a session of its account is subscribed. */
    void notice(AccountNotice notice) {
        notices.tell(notice);
    }

    /** These sessions are over: no connection carries them any more, nor hears what is told to them. */
    void ended(Set<SessionId> sessions) {
        connections.forEach(connection -> {
            if (!Collections.disjoint(sessions, connection.carried().sessions().keySet())) {
                Carriage.drop(connection, sessions);
            }
        });
    }

    /** The list of workers came; clients with a session hear of it, unless only its order is another. */
    synchronized void workersChanged(Return.Workers list) {
        Set<WorkerServer> now = Set.copyOf(list.workers());
        if (!now.equals(workersTold)) {
            workersTold = now;
            connections.forEach(connection -> connection.execute(() -> {
                if (!connection.carried().sessions().isEmpty()) {
                    connection.notice(list);
                }
            }));
        }
    }

    /** This worker is booted off (MST-21): its clients shall go to another one. */
    void move(Refusal reason) {
        moving = reason;
        connections.forEach(connection -> connection.notice(new Return.MoveToWorker(reason)));
    }

    /** Closes the connections of those who did not go, unless the master has taken this worker back. */
    void closeMoved(Refusal reason) {
        if (reason.equals(moving)) {
            connections.forEach(connection -> connection.close(reason));
        }
    }

    /** This program stops in order: its clients shall go to another worker, where there is one (PRO-8). */
    void stopping() {
        Lease<MasterFacts> facts = backend.facts.tryLease();
        Lease<MasterLink> link = backend.link.tryLease();
        try (facts;
                link) {
            if (facts != null && link != null) {
                UUID self = link.service().worker();
                CompletableFuture<Return.Workers> known =
                        facts.service().workers().toCompletableFuture();
                // What is not known now comes too late.
                boolean others = known.isDone()
                        && !known.isCompletedExceptionally()
                        && known.join().workers().stream()
                                .anyMatch(worker -> !worker.uuid().equals(self));
                if (others) {
                    move(Refusal.of(ReasonCode.SHUTTING_DOWN));
                }
            }
        }
    }

    /** The master admitted this worker: it serves clients. */
    void linked() {
        moving = null;
    }

    /** What clients asked, how it went, and how long it took. */
    List<MetricFamily> metrics() {
        List<MetricFamily> all = new ArrayList<>(meter.metrics("worker", Instruction::text));
        all.add(MetricFamily.histogram(
                "papertrader_cached_read_duration_seconds",
                "Time until a read is answered from the cache; a sample of all of them.",
                List.of(meter.laneTimes(Map.of()))));
        all.add(MetricFamily.counter(
                "papertrader_notices_unplaced_total",
                "Notices that were dropped because too many waited for client management.",
                List.of(Sample.of(notices.dropped()))));
        all.add(MetricFamily.gauge(
                "papertrader_parked_requests",
                "Requests that wait for a service that is being swapped.",
                List.of(Sample.of(Map.of("side", "worker"), edge.parked()))));
        return all;
    }

    private void handle(ClientConnection connection, Desk desk, ClientRequest request) {
        if (request.decoded() instanceof DecodeResult.Malformed<Request> malformed) {
            responder.refuse(connection, request, malformed.refusal());
        } else if (!request.instruction().isAllowedIn(connection.state())) {
            responder.refuse(connection, request, Refusal.of(ReasonCode.WRONG_STATE));
        } else if (!request.instruction().needsSession()) {
            dispatch(connection, desk, request);
        } else if (request.session().isNone() || desk.logouts().isLeaving(request.session())) {
            responder.refuse(connection, request, Refusal.of(ReasonCode.NO_SESSION));
        } else if (request.instruction() == Instruction.RESUME_SESSION
                || desk.isAuthorized(request.session(), clock.millis())) {
            dispatch(connection, desk, request);
        } else if (!admit(connection, desk, request)) {
            verify(connection, desk, request);
        }
    }

    /** Serves or refuses a request whose session is known here; false when it is not. */
    private boolean admit(ClientConnection connection, Desk desk, ClientRequest request) {
        return switch (carriage.take(connection, desk, request.session())) {
            case TAKEN -> {
                dispatch(connection, desk, request);
                yield true;
            }
            case FULL -> {
                responder.refuse(connection, request, Refusal.of(ReasonCode.NOT_ALLOWED, TOO_MANY_SESSIONS));
                yield true;
            }
            case UNKNOWN -> false;
        };
    }

    /** Asks the master; what arrives meanwhile waits behind, so that everything is handled in order. */
    private void verify(ClientConnection connection, Desk desk, ClientRequest request) {
        desk.verifying(true);
        Caller caller = request.caller(connection.remoteAddress());
        edge.<ClientSessions, SessionCheck>call(backend.sessions, true, sessions -> sessions.verify(caller))
                .whenComplete((check, failure) -> connection.execute(() -> {
                    desk.verifying(false);
                    if (failure != null) {
                        responder.fail(connection, request, failure);
                    } else if (check instanceof SessionCheck.Inactive inactive) {
                        responder.refuse(connection, request, inactive.refusal());
                    } else if (!admit(connection, desk, request)) {
                        responder.fail(connection, request, new UnavailableException("client management"));
                    }
                    drain(connection, desk);
                }));
    }

    private void drain(ClientConnection connection, Desk desk) {
        while (!desk.isVerifying()) {
            ClientRequest next = desk.waiting().poll();
            if (next == null) {
                return;
            }
            handle(connection, desk, next);
        }
    }

    private void dispatch(ClientConnection connection, Desk desk, ClientRequest request) {
        Request decoded = ((DecodeResult.Ok<Request>) request.decoded()).value();
        switch (request.instruction()) {
            case SWITCH_STATE -> {
                Request.SwitchState change = (Request.SwitchState) decoded;
                connection.state(change.state());
                responder.send(connection, request, new Return.StateSwitchSuccess(change.state()));
            }
            case SUBSCRIBE -> {
                Carriage.subscribe(connection, request.session());
                responder.send(connection, request, new Return.SubscribeSuccess());
            }
            case LOGIN, RESUME_SESSION -> login(connection, request, decoded);
            case LOGOUT -> logout(connection, desk, request);
            case PURCHASE_ASSET, SELL_ASSET -> order(connection, desk, request, decoded);
            default -> serve(connection, request, decoded);
        }
    }

    private void order(ClientConnection connection, Desk desk, ClientRequest request, Request decoded) {
        SessionId session = request.session();
        desk.logouts().orderBegan(session);
        serve(connection, request, decoded)
                .whenComplete((done, failure) -> desk.logouts().orderEnded(session));
    }

    private CompletionStage<?> serve(ClientConnection connection, ClientRequest request, Request decoded) {
        if (MarketReads.isMarketData(request.instruction())) {
            return reads.read(request, decoded, connection.remoteAddress())
                    .whenComplete((read, failure) -> responder.read(connection, request, read, failure));
        }
        CompletionStage<Answer> answer;
        try {
            answer = services.handle(request, decoded, connection.remoteAddress());
        } catch (UnavailableException e) {
            // An order finds no link bundle to number it.
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.whenComplete((value, failure) -> responder.answer(connection, request, value, failure));
    }

    private void login(ClientConnection connection, ClientRequest request, Request decoded) {
        Caller caller = request.caller(connection.remoteAddress());
        edge.<Accounts, LoginOutcome>call(
                        backend.accounts,
                        decoded instanceof Request.ResumeSession,
                        accounts -> decoded instanceof Request.Login login
                                ? accounts.login(caller, Services.credentials(login))
                                : accounts.resume(caller))
                .whenComplete((outcome, failure) -> connection.execute(() -> {
                    if (outcome instanceof LoginOutcome.LoggedIn in) {
                        carriage.remember(connection, desk(connection), in.id(), in.session());
                        responder.send(
                                connection,
                                request,
                                new Return.SessionGranted(
                                        in.id(),
                                        in.session().expires(),
                                        in.session().userName()));
                        tellWorkers(connection);
                    } else {
                        responder.answer(connection, request, refusal(outcome), failure);
                    }
                }));
    }

    /** MST-22: a client hears of the workers when its session is connected; a list that is not to be had is no fault. */
    private void tellWorkers(ClientConnection connection) {
        backend.facts.callAsync(MasterFacts::workers).thenAccept(connection::notice);
    }

    private static @Nullable Answer refusal(@Nullable LoginOutcome outcome) {
        return outcome instanceof LoginOutcome.Refused refused ? new Answer.No(refused.refusal()) : null;
    }

    /** From this frame on the session is of no use on this connection; what went before is served (PRO-5). */
    private void logout(ClientConnection connection, Desk desk, ClientRequest request) {
        desk.leave(request.session());
        desk.logouts().leave(request.session(), () -> sendLogout(connection, desk, request));
    }

    private void sendLogout(ClientConnection connection, Desk desk, ClientRequest request) {
        Caller caller = request.caller(connection.remoteAddress());
        edge.<Accounts, LogoutOutcome>call(backend.accounts, true, accounts -> accounts.logout(caller))
                .whenComplete((outcome, failure) -> {
                    if (outcome instanceof LogoutOutcome.LoggedOut) {
                        carriage.forget(connection, request.session());
                    }
                    desk.logouts().answered(request.session());
                    Answer answer = outcome instanceof LogoutOutcome.Refused refused
                            ? new Answer.No(refused.refusal())
                            : new Answer.Returned(new Return.LogoutSuccess());
                    responder.answer(connection, request, answer, failure);
                });
    }

    private Desk desk(ClientConnection connection) {
        if (connection.attachment() instanceof Desk desk) {
            return desk;
        }
        Desk fresh = new Desk(meter.lane());
        connection.attach(fresh);
        return fresh;
    }
}
