package org.papertrader.protocol.api;

import java.time.Instant;
import java.util.List;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.SessionId;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.model.WorkerServer;

/**
 * What a server answers with string arguments (PRO-8), and its notices, whose request id is 0. Data packets are not
 * here: they are written from finished payload bytes, see {@link FrameCodec#writeDataHeader}.
 */
public sealed interface Return {

    /** The instruction that carries it. */
    Instruction instruction();

    /** A return that says no, with its reason. */
    sealed interface Fail extends Return {
        /** Why. */
        Refusal refusal();
    }

    /** Answers what belongs to no instruction: bad frame, unknown instruction or version, no session, wrong state. */
    record Failure(Refusal refusal) implements Fail {
        @Override
        public Instruction instruction() {
            return Instruction.ERROR;
        }
    }

    /** A request of {@code request} was refused. */
    record Refused(Instruction instruction, Refusal refusal) implements Fail {
        public Refused {
            if (!RefusalReturns.isFail(instruction)) {
                throw new IllegalArgumentException("no return that refuses: " + instruction);
            }
        }
    }

    /** Logged in, or the session taken up again; the id is the secret that authorizes all that follows. */
    record SessionGranted(SessionId sessionId, Instant expires, UserName userName) implements Return {
        @Override
        public Instruction instruction() {
            return Instruction.SESSION_ID;
        }
    }

    /** The account exists now. */
    record RegisterSuccess(UserName userName) implements Return {
        @Override
        public Instruction instruction() {
            return Instruction.REGISTER_SUCCESS;
        }
    }

    /**
     * The order is approved, reserved and durably queued (PRO-16).
     *
     * @param reserved cash reserved for it
     * @param cashAvailable cash that is free after it
     * @param accountVersion version of the account's money after it
     */
    record PurchaseSuccess(OrderId orderId, Money reserved, Money cashAvailable, long accountVersion)
            implements Return {
        @Override
        public Instruction instruction() {
            return Instruction.PURCHASE_SUCCESS;
        }
    }

    /** As {@link PurchaseSuccess}, for a sale, which reserves no cash. */
    record SellSuccess(OrderId orderId, Money cashAvailable, long accountVersion) implements Return {
        @Override
        public Instruction instruction() {
            return Instruction.SELL_SUCCESS;
        }
    }

    /** The connection has this state from here on. */
    record StateSwitchSuccess(ConnectionState state) implements Return {
        @Override
        public Instruction instruction() {
            return Instruction.STATE_SWITCH_SUCCESS;
        }
    }

    /** The session has ended. */
    record LogoutSuccess() implements Return {
        @Override
        public Instruction instruction() {
            return Instruction.LOGOUT_SUCCESS;
        }
    }

    /** The order is cancelled and its reservation freed. */
    record CancelSuccess(OrderId orderId, Money cashAvailable, long accountVersion) implements Return {
        @Override
        public Instruction instruction() {
            return Instruction.CANCEL_SUCCESS;
        }
    }

    /** Notices about orders come from here on. */
    record SubscribeSuccess() implements Return {
        @Override
        public Instruction instruction() {
            return Instruction.SUBSCRIBE_SUCCESS;
        }
    }

    /** Answers {@code ping} with the server's wall time. */
    record Pong(Instant serverTime) implements Return {
        @Override
        public Instruction instruction() {
            return Instruction.PONG;
        }
    }

    /** The workers that may be connected to, at most {@link ProtocolLimits#WORKERS_MAX}. */
    record Workers(List<WorkerServer> workers) implements Return {
        public Workers {
            workers = List.copyOf(workers);
            if (workers.size() > ProtocolLimits.WORKERS_MAX) {
                throw new IllegalArgumentException("more than " + ProtocolLimits.WORKERS_MAX + " workers");
            }
        }

        @Override
        public Instruction instruction() {
            return Instruction.WORKERS;
        }
    }

    /** Answers {@code getServerInfo}. */
    record ServerInfoReturn(ServerInfo info) implements Return {
        @Override
        public Instruction instruction() {
            return Instruction.SERVER_INFO;
        }
    }

    /**
     * Notice: an order went through.
     *
     * @param traded what was traded
     * @param price per unit
     * @param cashEffect negative for a buy
     * @param completed wall time at which it went through
     */
    record OrderFilled(Traded traded, Price price, Money cashEffect, Instant completed) implements Return {
        @Override
        public Instruction instruction() {
            return Instruction.ORDER_FILLED;
        }
    }

    /** Notice: an order ended without going through: rejected at an interval, or cancelled. */
    record OrderRejected(Traded traded, Refusal refusal) implements Return {
        @Override
        public Instruction instruction() {
            return Instruction.ORDER_REJECTED;
        }
    }

    /** Notice: this worker ends soon; connect to another of the list of workers and log in with the session. */
    record MoveToWorker(Refusal refusal) implements Return {
        @Override
        public Instruction instruction() {
            return Instruction.MOVE_TO_WORKER;
        }
    }

    /** Notice: the connection closes after this frame. */
    record Closing(Refusal refusal) implements Return {
        @Override
        public Instruction instruction() {
            return Instruction.CLOSING;
        }
    }

    /** The order that a notice is about. */
    record Traded(OrderId orderId, Side side, Symbol symbol, Quantity quantity) {}

    /**
     * The return that refuses a request: {@code error} for what belongs to no instruction (bad frame, unknown
     * instruction or version, no session, wrong state, busy, idle, stopping) and where the request has no fail return
     * of its own, otherwise that one. A session that cannot be taken up again is {@code loginFail}.
     */
    static Fail refusal(Instruction request, Refusal refusal) {
        return RefusalReturns.of(request, refusal);
    }

    /** {@code error} with the reason's own text. */
    static Fail error(ReasonCode code) {
        return new Failure(Refusal.of(code));
    }
}
