package org.papertrader.trading.internal;

import java.util.concurrent.CompletableFuture;
import org.papertrader.gate.UnavailableException;
import org.papertrader.model.AccountId;
import org.papertrader.model.Caller;
import org.papertrader.model.OrderId;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.storage.api.LedgerBatch.HoldRow;
import org.papertrader.trading.api.CancelOutcome;
import org.papertrader.trading.api.OrderOutcome;
import org.papertrader.trading.api.OrderTicket;

/**
 * Something authorized that waits for the writer, with the stage of its answer. It is decided again when what was
 * decided could not be stored; its keys make sure that it then takes effect once.
 *
 * @param <T> the answer
 */
abstract sealed class Command<T> {
    final CompletableFuture<T> result = new CompletableFuture<>();
    private final long deadlineNanos;
    private volatile boolean attempted;
    private volatile boolean repeated;

    private Command(long deadlineNanos) {
        this.deadlineNanos = deadlineNanos;
    }

    boolean isExpired() {
        return System.nanoTime() - deadlineNanos > 0;
    }

    /** The storage has been asked to write it: from now on its outcome may be unknown. */
    final void attempt() {
        attempted = true;
    }

    /** No earlier attempt can be written any more; it is decided again, knowing what was. */
    final void decideAgain() {
        repeated |= attempted;
        attempted = false;
    }

    /** True when an earlier attempt may have been written. */
    final boolean isRepeated() {
        return repeated;
    }

    /** Ends the stage without an answer: 'unavailable' when nothing can have been written. */
    final void giveUp() {
        if (attempted) {
            giveUpUnknown();
        } else {
            result.completeExceptionally(new UnavailableException("trading"));
        }
    }

    abstract void giveUpUnknown();

    /** An order to accept. */
    static final class Submit extends Command<OrderOutcome> {
        final AccountId account;
        final Caller caller;
        final OrderTicket ticket;

        Submit(AccountId account, Caller caller, OrderTicket ticket, long deadlineNanos) {
            super(deadlineNanos);
            this.account = account;
            this.caller = caller;
            this.ticket = ticket;
        }

        @Override
        void giveUpUnknown() {
            result.complete(new OrderOutcome.Refused(Refusal.of(ReasonCode.OUTCOME_UNKNOWN)));
        }
    }

    /** An order to take back, and why. */
    static final class Cancel extends Command<CancelOutcome> {
        final AccountId account;
        final OrderId order;
        final Refusal reason;

        Cancel(AccountId account, OrderId order, Refusal reason, long deadlineNanos) {
            super(deadlineNanos);
            this.account = account;
            this.order = order;
            this.reason = reason;
        }

        @Override
        void giveUpUnknown() {
            result.complete(new CancelOutcome.Refused(Refusal.of(ReasonCode.OUTCOME_UNKNOWN)));
        }
    }

    /** An account to open in the ledger, if it is not open yet. */
    static final class Open extends Command<AccountId> {
        final AccountId account;

        Open(AccountId account, long deadlineNanos) {
            super(deadlineNanos);
            this.account = account;
        }

        @Override
        void giveUpUnknown() {
            // Opening again is harmless, so that the caller may be told to.
            result.completeExceptionally(new UnavailableException("trading"));
        }
    }

    /** What an operator holds back or releases; the answer is false when there was nothing to release. */
    static final class Hold extends Command<Boolean> {
        final HoldRow row;

        Hold(HoldRow row, long deadlineNanos) {
            super(deadlineNanos);
            this.row = row;
        }

        @Override
        void giveUpUnknown() {
            // Doing it again is harmless, so that the operator may be told to.
            result.completeExceptionally(new UnavailableException("trading"));
        }
    }
}
