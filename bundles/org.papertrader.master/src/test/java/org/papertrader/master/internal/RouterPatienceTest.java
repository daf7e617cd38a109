package org.papertrader.master.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.papertrader.link.api.LinkReply;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.Request;
import org.papertrader.trading.api.OrderOutcome;
import org.papertrader.trading.api.OrdersOutcome;

/** Requests wait for modules that are being swapped. */
class RouterPatienceTest extends RouterRig {
    @Test
    void requestsWaitForAModuleThatIsBeingSwapped() {
        master.trading.script.answers(new OrderOutcome.Refused(refusal(ReasonCode.NO_PRICE)));
        master.router.unbindTrading(master.trading);
        CompletableFuture<LinkReply> reply = send(Fakes.SESSION, BUY).toCompletableFuture();
        assertThat(reply).isNotDone();

        master.router.bindTrading(master.trading, Map.of());

        assertThat(fail(await(reply)).refusal().code()).isEqualTo(ReasonCode.NO_PRICE);
    }

    @Test
    void requestsWaitForACodecThatIsBeingSwapped() {
        master.trading.script.answers(new OrdersOutcome.Page(List.of(), false));
        master.router.unbindCodec(master.codec);
        CompletableFuture<LinkReply> reply = send(Fakes.SESSION, new Request.GetOrders(false, Optional.empty()))
                .toCompletableFuture();
        assertThat(reply).isNotDone();

        master.router.bindCodec(master.codec, Map.of());

        assertThat(data(await(reply))).startsWith("OrderPage");
    }

    @Test
    void waitingEndsWithUnavailableAndIsBounded() {
        master.router.unbindTrading(master.trading);
        List<CompletableFuture<LinkReply>> replies = Stream.generate(
                        () -> send(Fakes.SESSION, BUY).toCompletableFuture())
                .limit(11)
                .toList();

        assertThat(fail(await(replies.get(10))).refusal().code()).isEqualTo(ReasonCode.BUSY);
        assertThat(fail(await(replies.get(0))).refusal().code()).isEqualTo(ReasonCode.UNAVAILABLE);
    }

    @Test
    void changedPatienceTakesEffectAtOnce() {
        master.router.use(new MasterSettings(0, Fakes.SETTINGS.patience(), "realm", "EUR"));
        master.router.unbindTrading(master.trading);

        assertThat(fail(ask(BUY)).refusal().code()).isEqualTo(ReasonCode.BUSY);
    }

    @Test
    void stoppingAnswersAllThatIsUnderWay() {
        master.trading.script.answer = question -> new CompletableFuture<>();
        master.accounts.script.answer = question -> new CompletableFuture<>();
        CompletableFuture<LinkReply> order = send(Fakes.SESSION, BUY).toCompletableFuture();
        CompletableFuture<LinkReply> logout =
                send(Fakes.SESSION, new Request.Logout()).toCompletableFuture();
        CompletableFuture<LinkReply> login =
                send(SessionId.NONE, new Request.Login(ALICE, PASS, true)).toCompletableFuture();

        master.router.deactivate();

        Awaitility.await().until(() -> order.isDone() && login.isDone() && logout.isDone());
        assertThat(fail(await(logout)).refusal().code()).isEqualTo(ReasonCode.OUTCOME_UNKNOWN);
        assertThat(fail(await(order)).refusal().code()).isEqualTo(ReasonCode.OUTCOME_UNKNOWN);
        assertThat(fail(await(login)).refusal().code()).isEqualTo(ReasonCode.UNAVAILABLE);
        assertThat(fail(ask(BUY)).refusal().code()).isEqualTo(ReasonCode.OUTCOME_UNKNOWN);
    }
}
