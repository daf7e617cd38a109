package org.papertrader.relay.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.gate.BusyException;
import org.papertrader.link.api.LinkDownException;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.OutcomeUnknownException;
import org.papertrader.model.Caller;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;

@Tag("PRO-16")
class OrderForwarderTest {
    private static final LinkReply ACCEPTED =
            new LinkReply.Answer(new Return.PurchaseSuccess(new OrderId(7), Money.ZERO, Money.ZERO, 1));

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<Long> sent = new ArrayList<>();
    private final List<CompletableFuture<LinkReply>> replies = new ArrayList<>();
    private boolean down;

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void anUnansweredOrderIsSentAgainWithTheSameSequence() {
        OrderForwarder forwarder = forwarder(Duration.ofSeconds(30), 10);
        CompletableFuture<LinkReply> result =
                forwarder.forward(caller(5), order()).toCompletableFuture();
        replies.get(0).completeExceptionally(new OutcomeUnknownException("link broke"));
        assertThat(result).isNotDone();
        forwarder.resend();
        replies.get(1).complete(ACCEPTED);
        assertThat(result).isCompletedWithValue(ACCEPTED);
        assertThat(sent).containsExactly(5L, 5L);
    }

    @Test
    void ordersAreSentAgainInTheOrderInWhichTheyWereGiven() {
        OrderForwarder forwarder = new OrderForwarder(
                this::record, timer, new OrderForwarder.Patience(Duration.ofSeconds(30), Duration.ofSeconds(30)), 100);
        down = true;
        for (long sequence = 1; sequence <= 50; sequence++) {
            forwarder.forward(caller(sequence), order());
        }
        down = false;
        sent.clear();
        forwarder.resend();
        assertThat(sent).hasSize(50).isSorted();
    }

    @Test
    void whatWasSentAndNotAnsweredInTimeIsUnknown() {
        OrderForwarder forwarder = forwarder(Duration.ofMillis(500), 10);
        assertThat(reason(forwarder.forward(caller(1), order()).toCompletableFuture()))
                .isEqualTo(ReasonCode.OUTCOME_UNKNOWN);
    }

    @Test
    void whatWasNeverSentIsRefusedSoonAndNotUnknown() {
        OrderForwarder forwarder = forwarder(Duration.ofSeconds(30), 10);
        down = true;
        assertThat(reason(forwarder.forward(caller(1), order()).toCompletableFuture()))
                .isEqualTo(ReasonCode.MASTER_UNAVAILABLE);
    }

    @Test
    void whatWasSentOnceStaysUnknownThoughTheLinkIsDownAfterwards() {
        OrderForwarder forwarder = forwarder(Duration.ofMillis(500), 10);
        CompletableFuture<LinkReply> result =
                forwarder.forward(caller(1), order()).toCompletableFuture();
        replies.get(0).completeExceptionally(new OutcomeUnknownException("link broke"));
        down = true;
        forwarder.resend();
        assertThat(reason(result)).isEqualTo(ReasonCode.OUTCOME_UNKNOWN);
    }

    /** The thread that sends stalls, and its time is over before it has begun. */
    @Test
    void whatWasGivenUpUnsentIsNotSentAnyMore() {
        ScheduledThreadPoolExecutor early = new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
                if (delay == 0) {
                    task.run();
                }
                return super.schedule(task, delay, unit);
            }
        };
        try {
            OrderForwarder forwarder = new OrderForwarder(
                    this::record, early, new OrderForwarder.Patience(Duration.ofSeconds(30), Duration.ZERO), 10);
            assertThat(reason(forwarder.forward(caller(1), order()).toCompletableFuture()))
                    .isEqualTo(ReasonCode.MASTER_UNAVAILABLE);
            forwarder.resend();
            assertThat(sent).isEmpty();
        } finally {
            early.shutdownNow();
        }
    }

    /** It is sent again while the link has not yet said of the first time that it could not. */
    @Test
    void whatWasSentTheSecondTimeIsUnknownThoughTheFirstWasInVain() {
        OrderForwarder forwarder = forwarder(Duration.ofMillis(500), 10);
        CompletableFuture<LinkReply> result =
                forwarder.forward(caller(1), order()).toCompletableFuture();
        forwarder.resend();
        replies.get(0).completeExceptionally(new LinkDownException());
        assertThat(reason(result)).isEqualTo(ReasonCode.OUTCOME_UNKNOWN);
    }

    @Test
    void isBounded() {
        OrderForwarder forwarder = forwarder(Duration.ofSeconds(30), 1);
        forwarder.forward(caller(1), order());
        assertThatThrownBy(() -> forwarder
                        .forward(caller(2), order())
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(BusyException.class);
    }

    @Test
    void closingAnswersAllThatWait() {
        OrderForwarder forwarder = forwarder(Duration.ofSeconds(30), 10);
        CompletableFuture<LinkReply> result =
                forwarder.forward(caller(1), order()).toCompletableFuture();
        forwarder.close();
        assertThat(reason(result)).isEqualTo(ReasonCode.OUTCOME_UNKNOWN);
    }

    private OrderForwarder forwarder(Duration patience, int unansweredMax) {
        return new OrderForwarder(
                this::record, timer, new OrderForwarder.Patience(patience, Duration.ofMillis(200)), unansweredMax);
    }

    private CompletableFuture<LinkReply> record(Caller caller, Request request) {
        sent.add(caller.sequence());
        CompletableFuture<LinkReply> reply =
                down ? CompletableFuture.failedFuture(new LinkDownException()) : new CompletableFuture<>();
        replies.add(reply);
        return reply;
    }

    private static ReasonCode reason(CompletableFuture<LinkReply> result) {
        LinkReply.Answer answer = (LinkReply.Answer) result.join();
        return ((Return.Fail) answer.answer()).refusal().code();
    }

    private static Request order() {
        return new Request.Purchase(new Symbol("AAPL"), Quantity.parse("1"), Optional.empty());
    }

    private static Caller caller(long sequence) {
        return new Caller(SessionId.NONE, InetAddress.getLoopbackAddress(), new UUID(1, 1), sequence, Instant.EPOCH);
    }
}
