package org.papertrader.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.accounts.api.LoginOutcome;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.sessions.api.SessionCheck;
import org.papertrader.storage.api.SessionHash;

@Tag("MST-9")
class SessionServiceTest {
    private static final Duration GRACE = Master.LIMITS.grace();
    private static final Duration TICK = Duration.ofMillis(1);

    private final Master master = new Master();

    @BeforeEach
    void register() {
        master.register("alice");
    }

    @AfterEach
    void stop() {
        master.close();
    }

    /** A turn of the sweeper. */
    private void sweep() {
        master.auth.registry().endOver();
    }

    @Test
    @Tag("MST-8")
    @Tag("DS-2")
    void storesOnlyTheHashOfTheId() {
        SessionId id = master.session("alice", true);

        assertThat(master.sessions.all()).singleElement().satisfies(stored -> {
            assertThat(stored.hash()).isEqualTo(SessionHash.of(id));
            assertThat(stored.toString()).doesNotContain(id.toHex());
            assertThat(stored.clientAddress()).isEqualTo(Master.address("192.0.2.1"));
        });
    }

    @Test
    @Tag("MST-8")
    void givesEverySessionAnIdOfItsOwn() {
        assertThat(List.of(master.session("alice", true), master.session("alice", true)))
                .doesNotHaveDuplicates()
                .noneMatch(SessionId::isNone);
    }

    @Test
    @Tag("PRO-2")
    void input18And19InventedCutOrEndedIdsAreNoSessions() {
        SessionId ended = master.session("alice", true);
        Master.await(master.auth.logout(master.caller(ended)));
        byte[] cut = master.session("alice", true).toBytes();
        cut[31] ^= 1;
        SessionId invented = SessionId.parse("42".repeat(32));

        for (SessionId id : List.of(ended, SessionId.of(cut), invented, SessionId.NONE)) {
            assertThat(Master.await(master.auth.check(master.caller(id))))
                    .isInstanceOfSatisfying(
                            SessionCheck.Inactive.class,
                            no -> assertThat(no.refusal().code()).isEqualTo(ReasonCode.NO_SESSION));
            assertThat(Master.await(master.auth.resume(master.caller(id)))).isInstanceOf(LoginOutcome.Refused.class);
        }
        assertThat(master.sessions.find(SessionHash.of(invented))).isEmpty();
    }

    @Test
    @Tag("PRO-15")
    void expirableSessionEndsAfterTheGraceTimeOfItsLastConnection() {
        SessionId id = master.session("alice", true);
        master.connected(Master.WORKER_A, id);
        master.clock.pass(Duration.ofMinutes(20));
        sweep();
        assertThat(master.isActive(id)).isTrue();

        master.disconnected(Master.WORKER_A, id);
        master.clock.pass(GRACE.minus(TICK));
        sweep();
        assertThat(master.ended).isEmpty();
        master.clock.pass(TICK);
        sweep();

        assertThat(master.ended).containsExactly(id);
        assertThat(master.isActive(id)).isFalse();
        assertThat(master.sessions.all()).isEmpty();
    }

    @Test
    @Tag("PRO-15")
    void expirableSessionSurvivesAWorkerThroughAnother() {
        SessionId id = master.session("alice", true);
        master.connected(Master.WORKER_A, id);
        master.auth.presenceReset(Master.WORKER_A);
        master.clock.pass(GRACE.minus(TICK));
        master.connected(Master.WORKER_B, id);
        master.clock.pass(GRACE.multipliedBy(5));
        sweep();

        assertThat(master.isActive(id)).isTrue();
    }

    @Test
    @Tag("PRO-15")
    void sessionAtTwoWorkersLivesUntilBothAreLeft() {
        SessionId id = master.session("alice", true);
        master.connected(Master.WORKER_A, id);
        master.connected(Master.WORKER_B, id);
        master.disconnected(Master.WORKER_A, id);
        master.clock.pass(GRACE.multipliedBy(2));
        sweep();
        assertThat(master.ended).isEmpty();

        master.auth.presenceReset(Master.WORKER_B);
        master.clock.pass(GRACE);
        sweep();
        assertThat(master.ended).containsExactly(id);
    }

    @Test
    @Tag("PRO-15")
    void expirableSessionThatNeverConnectsEndsAfterTheGraceTime() {
        SessionId id = master.session("alice", true);
        master.clock.pass(GRACE);

        assertThat(master.isActive(id)).isFalse();
    }

    @Test
    @Tag("PRO-15")
    void afterARestartExpirableSessionsGetTheGraceTimeAgain() {
        SessionId back = master.session("alice", true);
        SessionId gone = master.session("alice", true);
        master.connected(Master.WORKER_A, back);
        master.connected(Master.WORKER_A, gone);
        master.clock.pass(Duration.ofMinutes(10));
        master.restart();

        master.clock.pass(GRACE.minus(TICK));
        master.connected(Master.WORKER_B, back);
        master.clock.pass(TICK);

        assertThat(master.isActive(back)).isTrue();
        assertThat(master.isActive(gone)).isFalse();
        master.clock.pass(GRACE.multipliedBy(3));
        sweep();
        assertThat(master.isActive(back)).isTrue();
    }

    @Test
    @Tag("PRO-15")
    void rememberedSessionOutlivesItsConnectionsAndARestart() {
        SessionId id = master.session("alice", false);
        master.connected(Master.WORKER_A, id);
        master.disconnected(Master.WORKER_A, id);
        master.clock.pass(Duration.ofDays(29));
        sweep();
        master.restart();

        assertThat(master.isActive(id)).isTrue();
    }

    @Test
    @Tag("PRO-15")
    void rememberedSessionHasAnIdleLimit() {
        SessionId id = master.session("alice", false);
        master.clock.pass(Master.LIMITS.rememberedIdle());

        assertThat(master.isActive(id)).isFalse();
    }

    @Test
    @Tag("PRO-15")
    void rememberedSessionHasAnAbsoluteLimit() {
        SessionId id = master.session("alice", false);
        for (int day = 0; day < 364; day++) {
            master.clock.pass(Duration.ofDays(1));
            assertThat(master.isActive(id)).as("day %d", day).isTrue();
        }
        master.clock.pass(Duration.ofDays(1));

        assertThat(master.isActive(id)).isFalse();
    }

    @Test
    @Tag("PRO-15")
    void expirableSessionLivesUnusedWhileItIsConnectedButNotForEver() {
        SessionId id = master.session("alice", true);
        master.connected(Master.WORKER_A, id);
        master.clock.pass(Master.LIMITS.absolute().minus(TICK));
        sweep();
        assertThat(master.ended).isEmpty();

        assertThat(master.isActive(id)).isTrue();
        master.clock.pass(TICK);
        assertThat(master.isActive(id)).isFalse();
    }

    @Test
    @Tag("PRO-15")
    void aWorkerHearsOfConnectedSessionsThatHaveEnded() {
        SessionId id = master.session("alice", true);
        Master.await(master.auth.logout(master.caller(id)));
        master.ended.clear();

        master.disconnected(Master.WORKER_A, id);
        assertThat(master.ended).isEmpty();
        master.connected(Master.WORKER_A, id);

        await().untilAsserted(() -> assertThat(master.ended).containsExactly(id));
        assertThat(master.auth.registry().workers(id)).isZero();
    }

    @Test
    @Tag("PRO-15")
    void bothKindsCarryAnExpiryDate() {
        SessionId expirable = master.session("alice", true);
        SessionId remembered = master.session("alice", false);
        master.connected(Master.WORKER_A, expirable);
        Session first = active(expirable);
        Session kept = active(remembered);
        master.clock.pass(Duration.ofMinutes(5));

        assertThat(first.expires())
                .isEqualTo(master.clock.instant().plus(Master.LIMITS.absolute()).minus(Duration.ofMinutes(5)));
        assertThat(active(expirable).expires()).isEqualTo(first.expires());
        assertThat(active(remembered).expires()).isEqualTo(kept.expires().plus(Duration.ofMinutes(5)));
    }

    private Session active(SessionId id) {
        return ((SessionCheck.Active) Master.await(master.auth.check(master.caller(id)))).session();
    }

    @Test
    void theOldestOfTooManySessionsEnds() {
        List<SessionId> ids = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            ids.add(master.session("alice", false));
        }

        assertThat(master.ended).containsExactly(ids.get(0));
        assertThat(master.isActive(ids.get(0))).isFalse();
        assertThat(ids.subList(1, 21)).allMatch(master::isActive);
        assertThat(master.sessions.all()).hasSize(20);
    }

    @Test
    void aSessionThatEndsWhileItIsLookedUpDoesNotComeBack() throws InterruptedException {
        SessionId id = master.session("alice", false);
        master.restart();
        Thread ending = new Thread(() -> master.auth.registry().end(List.of(SessionHash.of(id))), "test-ending");
        master.sessions.afterFind = () -> {
            master.sessions.afterFind = () -> {};
            ending.start();
            joinShortly(ending);
        };

        Master.await(master.auth.check(master.caller(id)));
        ending.join();

        assertThat(master.isActive(id)).isFalse();
        assertThat(master.sessions.all()).isEmpty();
    }

    private static void joinShortly(Thread thread) {
        try {
            thread.join(300);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void storesLastUsesInBatches() {
        SessionId id = master.session("alice", false);
        for (int i = 0; i < 100; i++) {
            master.clock.pass(TICK);
            assertThat(master.isActive(id)).isTrue();
        }
        assertThat(master.sessions.touches).isZero();

        master.auth.registry().flush();

        assertThat(master.sessions.touches).isEqualTo(1);
        assertThat(master.sessions.all().get(0).lastUsed()).isEqualTo(master.clock.instant());
    }

    @Test
    void removesExpiredSessionsFromStorageAndTells() {
        SessionId idle = master.session("alice", false);
        SessionId used = master.session("alice", false);
        master.clock.pass(Duration.ofDays(29));
        assertThat(master.isActive(used)).isTrue();
        master.clock.pass(Duration.ofDays(2));

        assertThat(master.auth.registry().removeExpired()).isEqualTo(1);

        assertThat(master.ended).containsExactly(idle);
        assertThat(master.isActive(used)).isTrue();
    }

    @Test
    void knownSessionIsAnsweredAtOnce() {
        SessionId id = master.session("alice", true);

        assertThat(master.auth.check(master.caller(id)).toCompletableFuture()).isCompleted();
    }

    @Test
    void input57ClockSetBackRevivesNothing() {
        SessionId id = master.session("alice", true);
        Instant before = master.clock.instant();
        master.clock.pass(GRACE);
        sweep();
        master.clock.set(before);

        assertThat(master.isActive(id)).isFalse();
    }

    @Test
    void changedLimitsTakeEffectAtOnce() {
        SessionId id = master.session("alice", true);
        master.auth.use(new AuthSettings(
                Master.CHEAP,
                new AuthSettings.SessionLimits(
                        Duration.ofSeconds(5),
                        Master.LIMITS.absolute(),
                        Master.LIMITS.rememberedIdle(),
                        Master.LIMITS.rememberedAbsolute(),
                        20),
                Master.SETTINGS.addresses()));
        master.clock.pass(Duration.ofSeconds(5));

        assertThat(master.isActive(id)).isFalse();
    }

    @Test
    @Tag("CARD-9")
    @Tag("DS-7")
    void operatorSeesAndEndsSessionsWithin80Columns() {
        SessionId id = master.session("alice", false);
        SessionsCommands commands = new SessionsCommands(master.auth.admin());
        String prefix = "#" + SessionHash.of(id).hex().substring(0, 8);

        assertThat(commands.list(false, "100")).contains("alice", prefix).doesNotContain(id.toHex());
        assertThat(commands.list(false, "100", "alice").lines()).hasSize(3).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo(80));
        assertThat(commands.list(true, "1"))
                .startsWith("{\"all\":1,\"sessions\":[\n {\"session\":\"" + prefix + "\",\"userName\":\"alice\",")
                .doesNotContain(id.toHex());
        assertThat(commands.end(prefix)).isEqualTo("1 session ended\n");
        assertThat(master.ended).containsExactly(id);
        master.session("alice", false);
        assertThat(commands.end("alice")).isEqualTo("1 session ended\n");
        assertThatThrownBy(() -> commands.end("nobody")).hasMessage("there is no user nobody");
        assertThatThrownBy(() -> commands.end("no body")).hasMessageContaining("a user name has");
        assertThatThrownBy(() -> commands.end()).hasMessage("usage: sessions:end NAME_OR_'#HASH'");
    }
}
