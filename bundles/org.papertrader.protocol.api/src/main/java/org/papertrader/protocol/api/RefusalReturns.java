package org.papertrader.protocol.api;

import java.util.EnumSet;
import java.util.Set;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;

/** Which return says no to which request. */
final class RefusalReturns {
    /** Reasons that belong to the connection, not to the instruction. */
    private static final Set<ReasonCode> OF_NO_INSTRUCTION = EnumSet.of(
            ReasonCode.BAD_FRAME,
            ReasonCode.UNSUPPORTED_VERSION,
            ReasonCode.UNKNOWN_INSTRUCTION,
            ReasonCode.WRONG_STATE,
            ReasonCode.NO_SESSION,
            ReasonCode.BUSY,
            ReasonCode.IDLE_TIMEOUT,
            ReasonCode.SHUTTING_DOWN);

    private static final Set<Instruction> FAILS = EnumSet.of(
            Instruction.LOGIN_FAIL,
            Instruction.REGISTER_FAIL,
            Instruction.PURCHASE_FAIL,
            Instruction.SELL_FAIL,
            Instruction.STATE_SWITCH_FAIL,
            Instruction.DATA_FAIL,
            Instruction.LOGOUT_FAIL,
            Instruction.CANCEL_FAIL,
            Instruction.SUBSCRIBE_FAIL);

    private RefusalReturns() {}

    static boolean isFail(Instruction instruction) {
        return FAILS.contains(instruction);
    }

    static Return.Fail of(Instruction request, Refusal refusal) {
        boolean resumed = request == Instruction.RESUME_SESSION && refusal.code() == ReasonCode.NO_SESSION;
        boolean ofNone = OF_NO_INSTRUCTION.contains(refusal.code()) && !resumed;
        Instruction fail = ofNone ? Instruction.ERROR : failOf(request);
        return fail == Instruction.ERROR ? new Return.Failure(refusal) : new Return.Refused(fail, refusal);
    }

    private static Instruction failOf(Instruction request) {
        return switch (request) {
            case LOGIN, RESUME_SESSION -> Instruction.LOGIN_FAIL;
            case REGISTER -> Instruction.REGISTER_FAIL;
            case PURCHASE_ASSET -> Instruction.PURCHASE_FAIL;
            case SELL_ASSET -> Instruction.SELL_FAIL;
            case SWITCH_STATE -> Instruction.STATE_SWITCH_FAIL;
            case LOGOUT -> Instruction.LOGOUT_FAIL;
            case CANCEL_ORDER -> Instruction.CANCEL_FAIL;
            case SUBSCRIBE -> Instruction.SUBSCRIBE_FAIL;
            default -> request.messageType() == MessageType.DATA_TRANSFER ? Instruction.DATA_FAIL : Instruction.ERROR;
        };
    }
}
