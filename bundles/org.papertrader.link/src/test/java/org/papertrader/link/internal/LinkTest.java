package org.papertrader.link.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.gate.BusyException;
import org.papertrader.link.api.LinkDownException;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.link.api.OutcomeUnknownException;
import org.papertrader.metrics.api.Readings;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.Return;
import org.papertrader.sessions.api.PresenceListener.Presence;

class LinkTest {
    private final LinkRig rig = new LinkRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private void up() {
        rig.started();
        awaitUp();
    }

    private void awaitUp() {
        await().until(() -> rig.worker.isUp() && !rig.master.connected().isEmpty());
    }

    private LinkReply ask(LinkRequest request) {
        return rig.worker
                .send(request)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @Test
    @Tag("DS-7")
    @Tag("DS-8")
    void countsWhatGoesOverIt() {
        up();
        ask(Samples.purchase(1));
        rig.killMaster();
        await().until(() -> !rig.worker.isUp());
        rig.restartMaster();
        awaitUp();
        Readings worker = Readings.of(rig.worker::metrics);
        Map<String, String> side = Map.of("side", "worker");
        assertThat(worker.value("papertrader_link_ups_total", side)).isEqualTo(2);
        assertThat(worker.value("papertrader_link_losses_total", side)).isEqualTo(1);
        assertThat(worker.value("papertrader_links", side)).isEqualTo(1);
        assertThat(worker.value("papertrader_link_request_duration_seconds", side))
                .isEqualTo(1);
        assertThat(worker.value("papertrader_link_sent_bytes_total", side)).isPositive();
        assertThat(worker.value("papertrader_link_received_bytes_total", side)).isPositive();
        assertThat(worker.value("papertrader_link_received_records_total", side))
                .as("a welcome each time, and an answer")
                .isGreaterThanOrEqualTo(3);
        Readings master = Readings.of(rig.master::metrics);
        await().untilAsserted(() -> assertThat(
                        Readings.of(rig.master::metrics).value("papertrader_link_ups_total", Map.of("side", "master")))
                .isEqualTo(1));
        assertThat(master.value("papertrader_links", Map.of("side", "master"))).isEqualTo(1);
        assertThat(master.value("papertrader_link_waiting_bytes", Map.of("side", "master")))
                .isZero();
    }

    @Test
    @Tag("WRK-2")
    @Tag("OVR-6")
    void carriesRequestsWithTheirCallersAndAllReplies() {
        up();
        byte[] small = {1, 2, 3};
        List<LinkReply> replies = List.of(Samples.answer(), Samples.session(), new LinkReply.Data(small));
        for (LinkReply reply : replies) {
            rig.router.answer = request -> CompletableFuture.completedFuture(reply);
            LinkReply got = ask(Samples.purchase(1));
            if (got instanceof LinkReply.Data data) {
                assertThat(data.payload()).isEqualTo(small);
            } else {
                assertThat(got).isEqualTo(reply);
            }
        }
        assertThat(rig.router.requests).hasSize(3).containsOnly(Samples.purchase(1));
        assertThat(ask(Samples.requests().get(2))).isInstanceOf(LinkReply.Data.class);
    }

    @Test
    @Tag("MST-19")
    void theMasterAsksAWorkerHowItIsAndHearsItsAnswer() {
        up();
        LinkPush asked = new LinkPush.StatusAsked(Samples.TIME);
        rig.master.push(new UUID(9, 9), asked);
        rig.master.push(Samples.WORKER, asked);
        await().until(() -> rig.hearer.heard.contains(asked));
        StatusBodies.Told told = new StatusBodies.Told(Samples.TIME, Samples.status());

        rig.worker.tell(told);

        await().until(() -> rig.register.told.contains(told));
        assertThat(rig.hearer.heard).containsExactly("up", asked);
    }

    @Test
    @Tag("PRO-11")
    void smallRepliesOvertakeLargePayloads() {
        up();
        long seed = System.nanoTime();
        byte[] large = new byte[8 * 1024 * 1024];
        new Random(seed).nextBytes(large);
        rig.router.answer = request -> CompletableFuture.completedFuture(
                request.caller().sequence() < 10 ? new LinkReply.Data(large) : Samples.answer());
        List<CompletableFuture<LinkReply>> bulk = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            bulk.add(rig.worker.send(Samples.info(i)).toCompletableFuture());
        }

        assertThat(ask(Samples.purchase(10))).isEqualTo(Samples.answer());
        for (CompletableFuture<LinkReply> reply : bulk) {
            LinkReply got = reply.orTimeout(20, TimeUnit.SECONDS).join();
            assertThat(((LinkReply.Data) got).payload()).as("seed %d", seed).isEqualTo(large);
        }
    }

    @Test
    void pushesArriveInOrderAfterTheWelcome() {
        rig.router.welcome = Samples.pushes();
        up();
        LinkPush last = new LinkPush.SessionsEnded(List.of(Samples.SESSION, Samples.SESSION));
        rig.master.push(last);

        List<Object> expected = new ArrayList<>();
        expected.add("up");
        expected.addAll(Samples.pushes());
        expected.add(last);
        await().untilAsserted(() -> assertThat(rig.hearer.heard).containsExactlyElementsOf(expected));
    }

    @Test
    void aLinkThatLostWhatTheMasterToldBeginsAnew() {
        up();
        rig.worker.codecs().unbind(Samples.CODEC);
        rig.master.push(Samples.notices());
        await().until(() -> rig.hearer.heard.contains("down"));
        rig.worker.codecs().bind(Samples.CODEC, Map.of());
        await().untilAsserted(() -> assertThat(rig.hearer.heard).containsExactly("up", "down", "up"));

        rig.master.unbindCodec(Samples.CODEC);
        rig.master.push(Samples.notices());
        await().untilAsserted(() -> assertThat(rig.hearer.heard).containsExactly("up", "down", "up", "down", "up"));
    }

    @Test
    @Tag("PRO-15")
    void presenceReachesTheRouter() {
        up();
        rig.worker.presence(Samples.presence());

        await().untilAsserted(() -> assertThat(rig.router.presences).containsExactlyElementsOf(Samples.presence()));
    }

    @Test
    @Tag("PRO-8")
    void noticesWaitForAGatewayThatIsBeingSwapped() {
        up();
        rig.worker.notices().unbind(rig.hearer);
        rig.master.push(Samples.notices());
        LinkPush after = new LinkPush.SessionsEnded(List.of(Samples.SESSION));
        rig.master.push(after);
        await().untilAsserted(() -> assertThat(rig.hearer.heard).containsExactly("up", after));

        rig.worker.notices().bind(rig.hearer, Map.of());

        assertThat(rig.hearer.heard).containsExactly("up", after, Samples.notices());
    }

    @Test
    @Tag("PRO-15")
    void aRouterThatComesLaterHearsWhichSessionsAreInUse() {
        up();
        SessionId gone = SessionId.parse("cd".repeat(SessionId.LENGTH));
        rig.worker.presence(
                List.of(new Presence(gone, true), new Presence(Samples.SESSION, true), new Presence(gone, false)));
        await().until(() -> rig.router.presences.size() == 3);
        rig.master.unbindHandler(rig.router);
        LinkRig.Router successor = new LinkRig.Router();

        rig.master.bindHandler(successor, Map.of());

        await().untilAsserted(
                        () -> assertThat(successor.presences).containsExactly(new Presence(Samples.SESSION, true)));
    }

    @Test
    @Tag("WRK-1")
    void theWorkerMayListenOnceAdmittedAndOnlyOnce() {
        assertThat(rig.permits).hasValue(0);
        up();
        await().untilAtomic(rig.permits, is(1));
        rig.killMaster();
        await().until(() -> !rig.worker.isUp());
        rig.restartMaster();
        awaitUp();

        assertThat(rig.permits).hasValue(1);
    }

    @Test
    @Tag("PRO-9")
    void anUnknownWorkerIsRefusedAndMayNotListen() {
        MasterConnection stranger = rig.worker(UUID.randomUUID());
        rig.start(stranger);
        await().untilAtomic(rig.register.knocks, greaterThan(1));

        assertThat(stranger.isUp()).isFalse();
        assertThat(rig.permits).hasValue(0);
        assertThat(rig.master.connected()).isEmpty();
        stranger.stop();
    }

    @Test
    @Tag("WRK-2")
    void theLinkComesBackByItselfAfterTheMasterRestarted() {
        up();
        rig.killMaster();
        await().until(() -> !rig.worker.isUp());
        assertThatThrownBy(() -> ask(Samples.info(1))).hasCauseInstanceOf(LinkDownException.class);
        rig.restartMaster();
        awaitUp();

        assertThat(ask(Samples.info(2))).isEqualTo(Samples.answer());
        assertThat(rig.hearer.heard).containsExactly("up", "down", "up");
    }

    @Test
    @Tag("PRO-16")
    void whatWasSentBeforeTheLinkBrokeHasAnUnknownOutcome() {
        up();
        rig.router.answer = request -> new CompletableFuture<>();
        CompletableFuture<LinkReply> reply =
                rig.worker.send(Samples.purchase(1)).toCompletableFuture();
        await().until(() -> rig.router.requests.size() == 1);
        rig.killMaster();

        assertThatThrownBy(() -> reply.orTimeout(10, TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    @Tag("PRO-16")
    void aReplyThatDoesNotComeInTimeHasAnUnknownOutcome() {
        rig.timeout = Duration.ofMillis(500);
        up();
        rig.router.answer = request -> new CompletableFuture<>();

        assertThatThrownBy(() -> ask(Samples.purchase(1))).hasCauseInstanceOf(OutcomeUnknownException.class);
        assertThat(rig.worker.isUp()).isTrue();
    }

    @Test
    void moreRequestsThanAllowedAreBusyAtOnce() {
        up();
        rig.router.answer = request -> new CompletableFuture<>();
        for (int i = 0; i < 100; i++) {
            rig.worker.send(Samples.info(i));
        }

        assertThatThrownBy(() -> ask(Samples.info(100))).hasCauseInstanceOf(BusyException.class);
    }

    @Test
    @Tag("CARD-4")
    void requestsWaitWhileTheRouterIsSwapped() {
        up();
        rig.master.unbindHandler(rig.router);
        CompletableFuture<LinkReply> reply =
                rig.worker.send(Samples.purchase(1)).toCompletableFuture();
        await().until(() -> rig.master.links().get(0).text(true).contains("\"inFlight\":1,"));
        assertThat(reply).isNotDone();
        rig.master.bindHandler(rig.router, Map.of());

        assertThat(reply.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(Samples.answer());
    }

    @Test
    @Tag("CARD-4")
    @Tag("MST-19")
    void aNewRegisterHearsOfTheLinksThatStandEvenIfItMustLoadFirst() {
        up();
        rig.master.unbindWorkers(rig.register);
        LinkRig.Register successor = new LinkRig.Register();
        successor.closed = true;
        rig.master.bindWorkers(successor, Map.of());
        await().until(() -> successor.asked.get() >= 2);
        assertThat(rig.worker.isUp()).isTrue();
        successor.closed = false;
        await().until(() -> successor.admitted.get() > 0);
        int known = successor.asked.get();
        await().during(Duration.ofMillis(1_200)).until(() -> successor.asked.get() == known);
    }

    @Test
    void aFaultOfTheRouterLeavesAnOrdersOutcomeUnknown() {
        up();
        rig.router.answer = request -> CompletableFuture.failedFuture(new IllegalStateException("a fault"));

        assertThat(reason(ask(Samples.purchase(1)))).isEqualTo(ReasonCode.OUTCOME_UNKNOWN);
        assertThat(reason(ask(Samples.info(2)))).isEqualTo(ReasonCode.INTERNAL);
    }

    @Test
    @Tag("MST-20")
    void theNewerLinkOfAWorkerWinsAndTheMasterCanCloseIt() {
        up();
        MasterConnection second = rig.worker(Samples.WORKER);
        rig.start(second);
        await().until(second::isUp);
        await().until(() -> rig.hearer.heard.contains("down"));
        assertThat(rig.register.left).isEmpty();
        rig.worker.stop();
        rig.register.closed = true;
        rig.master.close(Samples.WORKER, "booted off");

        await().until(() -> rig.register.left.contains(Samples.WORKER));
        await().until(() -> !second.isUp());
        second.stop();
    }

    private static ReasonCode reason(LinkReply reply) {
        return ((Return.Fail) ((LinkReply.Answer) reply).answer()).refusal().code();
    }
}
