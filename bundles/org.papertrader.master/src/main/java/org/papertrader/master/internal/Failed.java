package org.papertrader.master.internal;

import org.papertrader.gate.BusyException;
import org.papertrader.gate.Failures;
import org.papertrader.gate.UnavailableException;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.Instruction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns failures into reasons; what nobody expected is logged here, once. */
final class Failed {
    private static final Logger LOG = LoggerFactory.getLogger(Failed.class);

    private Failed() {}

    /** Why a request of this instruction got no answer of its module's. */
    static Refusal reason(Instruction instruction, Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof UnavailableException) {
            return Refusal.of(ReasonCode.UNAVAILABLE);
        } else if (cause instanceof BusyException) {
            return Refusal.of(ReasonCode.BUSY);
        }
        LOG.error("{} failed unexpectedly", instruction.text(), cause);
        return unknown(instruction, ReasonCode.INTERNAL);
    }

    /** What may have been done is never told to have failed (PRO-16). */
    static Refusal unknown(Instruction instruction, ReasonCode otherwise) {
        return Refusal.of(instruction.isChange() ? ReasonCode.OUTCOME_UNKNOWN : otherwise);
    }
}
