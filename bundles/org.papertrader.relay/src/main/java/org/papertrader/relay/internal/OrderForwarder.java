package org.papertrader.relay.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.BusyException;
import org.papertrader.gate.Failures;
import org.papertrader.link.api.LinkDownException;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.OutcomeUnknownException;
import org.papertrader.model.Caller;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;

/**
 * Forwards purchases and sales to the master in the order in which they were given, and keeps the unanswered ones: they
 * are sent again, with the same sequence, when the link is back, so that the master can tell them from new ones
 * (PRO-16). An order is answered only with the master's answer; when that does not come in time, with outcomeUnknown
 * if it was ever sent, else with masterUnavailable. Thread-safe, never blocks.
 */
final class OrderForwarder {
    private final BiFunction<Caller, Request, CompletionStage<LinkReply>> link;
    private final ScheduledExecutorService timer;
    private final Patience patience;
    private final int unansweredMax;
    private final Map<Long, Unanswered> unanswered = new ConcurrentHashMap<>();
    private final AtomicLong arrivals = new AtomicLong();

    /**
     * How long an order waits.
     *
     * @param answer for the answer of a master that it was sent to
     * @param link for a link that is down, before it was ever sent
     */
    record Patience(Duration answer, Duration link) {}

    /**
     * @param link sends to the master
     * @param unansweredMax most orders that wait at once
     */
    OrderForwarder(
            BiFunction<Caller, Request, CompletionStage<LinkReply>> link,
            ScheduledExecutorService timer,
            Patience patience,
            int unansweredMax) {
        this.link = link;
        this.timer = timer;
        this.patience = patience;
        this.unansweredMax = unansweredMax;
    }

    /** Forwards an order; the reply is the master's, or a refusal as a {@link LinkReply.Answer}. */
    CompletionStage<LinkReply> forward(Caller caller, Request order) {
        if (unanswered.size() >= unansweredMax) {
            return CompletableFuture.failedFuture(new BusyException("order forwarding"));
        }
        Unanswered waiting = new Unanswered(arrivals.incrementAndGet(), caller, order);
        unanswered.put(waiting.arrival, waiting);
        long answer = patience.answer().toMillis();
        long link = Math.min(answer, patience.link().toMillis());
        waiting.deadline = timer.schedule(waiting::giveUp, answer, TimeUnit.MILLISECONDS);
        waiting.unsent = timer.schedule(waiting::giveUpUnsent, link, TimeUnit.MILLISECONDS);
        waiting.send();
        return waiting.result;
    }

    /** The link is back: sends everything unanswered again, in order. */
    void resend() {
        List<Unanswered> waiting = new ArrayList<>(unanswered.values());
        waiting.sort(Comparator.comparingLong(order -> order.arrival));
        waiting.forEach(Unanswered::send);
    }

    /** Answers all that still wait; for the end of this bundle. */
    void close() {
        unanswered.values().forEach(Unanswered::giveUp);
    }

    private final class Unanswered {
        final long arrival;
        final CompletableFuture<LinkReply> result = new CompletableFuture<>();
        volatile @Nullable ScheduledFuture<?> deadline;
        volatile @Nullable ScheduledFuture<?> unsent;
        private final Caller caller;
        private final Request order;
        /** Times that it was given to the link, which has not said yet what became of it: it may have arrived. */
        private int underWay;

        /** The link broke before the reply: it may have arrived, whatever becomes of it later. */
        private boolean inDoubt;

        private boolean over;

        Unanswered(long arrival, Caller caller, Request order) {
            this.arrival = arrival;
            this.caller = caller;
            this.order = order;
        }

        /** Whoever was told that it was not done must never find it done: it is not sent any more. */
        void send() {
            synchronized (this) {
                if (over) {
                    return;
                }
                underWay++;
            }
            link.apply(caller, order).whenComplete((reply, failure) -> {
                if (failure == null) {
                    finish(reply);
                } else {
                    failed(Failures.unwrap(failure));
                }
            });
        }

        private void failed(Throwable cause) {
            synchronized (this) {
                underWay--;
                inDoubt |= cause instanceof OutcomeUnknownException;
                if (mayHaveArrived() || cause instanceof LinkDownException) {
                    // It stays, to be sent again by resend(), until its deadline.
                    return;
                }
                over = true;
            }
            forget();
            result.completeExceptionally(cause);
        }

        void giveUpUnsent() {
            synchronized (this) {
                if (mayHaveArrived()) {
                    return;
                }
                over = true;
            }
            refuse(ReasonCode.MASTER_UNAVAILABLE);
        }

        void giveUp() {
            ReasonCode code;
            synchronized (this) {
                code = mayHaveArrived() ? ReasonCode.OUTCOME_UNKNOWN : ReasonCode.MASTER_UNAVAILABLE;
                over = true;
            }
            refuse(code);
        }

        private boolean mayHaveArrived() {
            return inDoubt || underWay > 0;
        }

        private void refuse(ReasonCode code) {
            finish(new LinkReply.Answer(Return.refusal(order.instruction(), Refusal.of(code))));
        }

        private void finish(LinkReply reply) {
            forget();
            result.complete(reply);
        }

        private void forget() {
            synchronized (this) {
                over = true;
            }
            unanswered.remove(arrival);
            cancel(deadline);
            cancel(unsent);
        }

        private static void cancel(@Nullable ScheduledFuture<?> timeout) {
            if (timeout != null) {
                timeout.cancel(false);
            }
        }
    }
}
