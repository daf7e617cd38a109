package org.papertrader.master.internal;

import org.papertrader.metrics.api.RequestMeter;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.transport.api.ClientConnection;
import org.papertrader.transport.api.IncomingRequest;

/** All that a client may ask the master itself: the list of workers, and nothing else (PRO-10, OVR-4). */
final class ClientDoor {
    private static final Refusal ELSEWHERE =
            Refusal.of(ReasonCode.NOT_ALLOWED, "The master tells clients its list of workers only; ask a worker.");

    private final InfoDesk info;
    private final RequestMeter<Instruction> meter;

    ClientDoor(InfoDesk info, RequestMeter<Instruction> meter) {
        this.info = info;
        this.meter = meter;
    }

    void request(ClientConnection connection, IncomingRequest incoming) {
        long id = incoming.frame().requestId();
        if (incoming.frame().instruction() != Instruction.GET_WORKERS.number()) {
            connection.answer(id, new Return.Failure(ELSEWHERE));
        } else if (incoming.decode() instanceof DecodeResult.Malformed<Request> malformed) {
            connection.answer(id, new Return.Failure(malformed.refusal()));
        } else {
            long begun = System.nanoTime();
            info.workers(null).whenComplete((answer, failure) -> {
                if (failure == null && answer instanceof Answer.Yes yes) {
                    connection.answer(id, yes.value());
                    meter.answered(Instruction.GET_WORKERS, null, System.nanoTime() - begun);
                } else {
                    Throwable cause = failure == null ? new IllegalStateException("no list") : failure;
                    Refusal refusal = Failed.reason(Instruction.GET_WORKERS, cause);
                    connection.answer(id, new Return.Failure(refusal));
                    meter.answered(Instruction.GET_WORKERS, refusal.code(), System.nanoTime() - begun);
                }
            });
        }
    }
}
