package org.papertrader.gateway.internal;

import org.jspecify.annotations.Nullable;
import org.papertrader.gate.BusyException;
import org.papertrader.gate.Failures;
import org.papertrader.gate.UnavailableException;
import org.papertrader.link.api.LinkDownException;
import org.papertrader.link.api.OutcomeUnknownException;
import org.papertrader.metrics.api.RequestMeter;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.Return;
import org.papertrader.transport.api.ClientConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Puts answers and failures on the wire; every request leaves here exactly once. */
final class Responder {
    private static final Logger LOG = LoggerFactory.getLogger(Responder.class);

    private static final String REQUEST = "request";
    private static final String SESSION = "session";

    private final Backend backend;

    private final RequestMeter<Instruction> meter;

    /** @param meter counts every answer */
    Responder(Backend backend, RequestMeter<Instruction> meter) {
        this.backend = backend;
        this.meter = meter;
    }

    void send(ClientConnection connection, ClientRequest request, Return answer) {
        connection.answer(request.requestId(), answer);
        ReasonCode refused = answer instanceof Return.Fail fail ? fail.refusal().code() : null;
        meter.answered(request.instruction(), refused, System.nanoTime() - request.begun());
    }

    void refuse(ClientConnection connection, ClientRequest request, Refusal reason) {
        send(connection, request, Return.refusal(request.instruction(), reason));
    }

    private void send(ClientConnection connection, ClientRequest request, byte[] payload) {
        connection.answer(request.requestId(), payload);
        meter.answered(request.instruction(), null, System.nanoTime() - request.begun());
    }

    void answer(
            ClientConnection connection, ClientRequest request, @Nullable Answer answer, @Nullable Throwable failure) {
        if (failure != null || answer == null) {
            fail(connection, request, failure == null ? new IllegalStateException("no answer") : failure);
        } else if (answer instanceof Answer.Returned returned) {
            send(connection, request, returned.value());
        } else if (answer instanceof Answer.No no) {
            refuse(connection, request, no.refusal());
        } else {
            data(connection, request, (Answer.Data) answer);
        }
    }

    void read(
            ClientConnection connection,
            ClientRequest request,
            MarketReads.@Nullable Read read,
            @Nullable Throwable failure) {
        if (failure == null && read instanceof MarketReads.Read.Found found) {
            send(connection, request, found.payload());
        } else if (failure == null && read instanceof MarketReads.Read.Refused refused) {
            refuse(connection, request, refused.refusal());
        } else {
            fail(connection, request, failure == null ? new IllegalStateException("no read") : failure);
        }
    }

    void fail(ClientConnection connection, ClientRequest request, Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        ReasonCode code = code(cause);
        if (code == ReasonCode.INTERNAL) {
            logged(request, cause);
        }
        refuse(connection, request, Refusal.of(code));
    }

    private static void logged(ClientRequest request, Throwable cause) {
        MDC.put(REQUEST, Long.toString(request.requestId()));
        if (!request.session().isNone()) {
            MDC.put(SESSION, request.session().tag());
        }
        try {
            LOG.error("A request for {} failed.", request.instruction().text(), cause);
        } finally {
            MDC.remove(REQUEST);
            MDC.remove(SESSION);
        }
    }

    private void data(ClientConnection connection, ClientRequest request, Answer.Data data) {
        byte[] payload;
        try {
            payload = backend.codec.call(codec -> codec.encode(data.payload()));
        } catch (UnavailableException | IllegalArgumentException e) {
            // The codec is being swapped, or the payload is larger than a transfer may be.
            fail(connection, request, e);
            return;
        }
        send(connection, request, payload);
    }

    private static ReasonCode code(Throwable cause) {
        if (cause instanceof UnavailableException) {
            return ReasonCode.UNAVAILABLE;
        } else if (cause instanceof BusyException) {
            return ReasonCode.BUSY;
        } else if (cause instanceof LinkDownException || cause instanceof OutcomeUnknownException) {
            return ReasonCode.MASTER_UNAVAILABLE;
        }
        return ReasonCode.INTERNAL;
    }
}
