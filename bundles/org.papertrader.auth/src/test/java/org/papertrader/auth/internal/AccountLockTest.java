package org.papertrader.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.accounts.api.LoginOutcome;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.SessionId;
import org.papertrader.model.UserName;
import org.papertrader.sessions.api.PresenceListener.Presence;
import org.papertrader.sessions.api.SessionCheck;
import org.papertrader.storage.api.AccountStore.Lock;
import org.papertrader.storage.api.AccountStore.StoredAccount;
import org.papertrader.storage.api.SessionHash;

/** Operators list, look at, lock and unlock accounts. */
@Tag("CARD-9")
class AccountLockTest {
    private final Master master = new Master();
    private final AccountsCommands commands = new AccountsCommands(master.auth.admin());

    @BeforeEach
    void register() {
        master.register("alice");
        master.register("bob");
    }

    @AfterEach
    void stop() {
        master.close();
    }

    @Test
    @Tag("MST-9")
    void aLockEndsAllSessionsAndRefusesLoginsAndResumesWithTheReason() {
        SessionId used = master.session("alice", true);
        SessionId kept = master.session("alice", false);
        SessionId bobs = master.session("bob", true);

        assertThat(commands.lock("spam", true, "ALICE")).isEqualTo("alice is locked; 2 sessions ended\n");

        assertThat(master.ended).containsExactlyInAnyOrder(used, kept);
        assertThat(check(used)).isEqualTo(ReasonCode.ACCOUNT_LOCKED);
        assertThat(resume(kept)).isEqualTo(ReasonCode.ACCOUNT_LOCKED);
        assertThat(master.refusal("alice", Master.PASS)).isEqualTo(ReasonCode.ACCOUNT_LOCKED);
        assertThat(master.refusal("alice", Master.WRONG)).isEqualTo(ReasonCode.BAD_CREDENTIALS);
        assertThat(master.isActive(bobs)).isTrue();
    }

    @Test
    void aLockOutlivesARestartAndGoesWithAnUnlock() {
        SessionId ended = master.session("alice", false);
        commands.lock("", true, "alice");

        master.restart();
        AccountsCommands after = new AccountsCommands(master.auth.admin());

        assertThat(master.refusal("alice", Master.PASS)).isEqualTo(ReasonCode.ACCOUNT_LOCKED);
        assertThat(after.unlock("alice")).isEqualTo("alice is unlocked\n");
        assertThat(after.unlock("alice")).isEqualTo("alice was not locked\n");
        assertThat(master.login("alice", Master.PASS, true)).isInstanceOf(LoginOutcome.LoggedIn.class);
        assertThat(check(ended)).isEqualTo(ReasonCode.NO_SESSION);
    }

    @Test
    void afterAnUnlockAnEndedSessionIsNoneLikeAnyOther() {
        SessionId ended = master.session("alice", false);
        commands.lock("", true, "alice");
        commands.unlock("alice");

        assertThat(check(ended)).isEqualTo(ReasonCode.NO_SESSION);
    }

    /** What a login found out before the lock opens no session after it. */
    @Test
    void aLoginThatIsUnderWayOpensNoSession() {
        StoredAccount before = master.accounts.find(new UserName("alice")).orElseThrow();
        commands.lock("", true, "alice");

        assertThat(master.auth.registry().open(before, true, Master.address("192.0.2.1")))
                .isNull();
        assertThat(master.sessions.all()).isEmpty();
    }

    /** As after a lock whose ending of the sessions did not reach the storage: also a worker's news bring none back. */
    @Test
    @Tag("MST-9")
    void aSessionThatOutlivedTheLockInTheStorageComesBackInNoWay() {
        SessionId connected = master.session("alice", true);
        SessionId used = master.session("alice", false);
        master.restart();
        StoredAccount alice = master.accounts.find(new UserName("alice")).orElseThrow();
        master.accounts.lock(alice.id(), new Lock(master.clock.instant(), ""));
        SessionRegistry registry = master.auth.registry();

        registry.loadConnected(registry.presence(Master.WORKER_A, List.of(new Presence(connected, true))));

        assertThat(check(connected)).isEqualTo(ReasonCode.ACCOUNT_LOCKED);
        assertThat(check(used)).isEqualTo(ReasonCode.ACCOUNT_LOCKED);
        assertThat(registry.live()).isEmpty();
        assertThat(master.sessions.all()).isEmpty();
        assertThat(master.ended).contains(connected, used);
        assertThat(registry.workers(connected)).isZero();
    }

    @Test
    void whoTriedToEndSessionsIsInTheLogAlsoWhenItFailed() {
        SessionId session = master.session("alice", true);
        SessionsCommands sessionsCommands = new SessionsCommands(master.auth.admin());
        master.auth.unbindSessionStore(master.sessions);

        String log = logOf(() -> assertThatThrownBy(
                        () -> sessionsCommands.end("#" + SessionHash.of(session).hex()))
                .hasMessageStartingWith("try again: "));

        assertThat(log).contains("end sessions of #" + SessionHash.of(session).hex() + ": failed: ");
        master.auth.bindSessionStore(master.sessions, Map.of());
    }

    private static String logOf(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void withoutStorageNothingIsChanged() {
        SessionId session = master.session("alice", true);
        master.accounts.failsReads = true;

        assertThatThrownBy(() -> commands.lock("", true, "alice"))
                .isInstanceOf(org.papertrader.shell.text.Failed.class)
                .hasMessageStartingWith("nothing was changed, try again: ");

        master.accounts.failsReads = false;
        assertThat(master.isActive(session)).isTrue();
    }

    @Test
    void sessionsEndInMemoryAtOnceWhenTheStorageGoesInTheMidst() {
        SessionId session = master.session("alice", true);
        master.auth.unbindSessionStore(master.sessions);
        StoredAccount alice = master.accounts.find(new UserName("alice")).orElseThrow();

        assertThat(master.auth.admin().lock(alice, "")).isEmpty();
        assertThat(check(session)).isEqualTo(ReasonCode.ACCOUNT_LOCKED);

        master.auth.bindSessionStore(master.sessions, Map.of());
        master.auth.registry().endOver();
        assertThat(master.ended).containsExactly(session);
        assertThat(master.sessions.all()).isEmpty();
    }

    @Test
    void nothingIsLockedWithoutAYesAndNobodyButTheOneNamed() {
        SessionId session = master.session("alice", true);

        assertThatThrownBy(() -> commands.lock("", false, "alice"))
                .hasMessage("this ends all 1 sessions of alice and lets nobody log in to it; add --yes to do it");
        assertThatThrownBy(() -> commands.lock("", true, "carol")).hasMessage("there is no user carol");
        assertThatThrownBy(() -> commands.lock("", true, "alice", "bob"))
                .hasMessage("usage: accounts:lock NAME [--reason TEXT] --yes");
        assertThatThrownBy(() -> commands.lock("", true, "alice", "--now"))
                .hasMessageStartingWith("there is no option --now");
        assertThatThrownBy(() -> commands.lock("x".repeat(201), true, "alice"))
                .hasMessage("a reason has at most 200 characters");
        assertThat(master.isActive(session)).isTrue();
    }

    @Test
    void listsPageByPageWithin80Columns() {
        master.register("a".repeat(24));
        commands.lock("a reason that is far too long for any table of eighty columns", true, "bob");

        String first = commands.list(false, false, "", "2");
        assertThat(first.lines()).hasSize(4).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(first).endsWith("2 of 3 accounts; for more: --after alice\n");
        assertThat(commands.list(false, false, "alice", "2"))
                .contains("bob", "yes", "a reason")
                .doesNotContain("alice")
                .endsWith("1 of 3 accounts\n");
        assertThat(commands.list(false, true, "", "50").lines()).hasSize(3);
        assertThat(commands.list(true, false, "", "50", "AL"))
                .startsWith("{\"all\":3,\"more\":false,\"accounts\":[\n {\"account\":1,\"userName\":\"alice\",")
                .doesNotContain("bob");
    }

    @Test
    void showsNoSecret() {
        SessionId session = master.session("alice", false);
        commands.lock("spam", true, "alice");

        String sheet = commands.show(false, "alice");
        assertThat(List.of(sheet, commands.show(true, "alice"))).allSatisfy(text -> assertThat(text)
                .contains("alice@example.org", "spam")
                .doesNotContain("argon2", session.toHex()));
        assertThat(sheet).contains("sessions    0\n", "locked      yes\n");
    }

    private ReasonCode check(SessionId session) {
        SessionCheck check = Master.await(master.auth.check(master.caller(session)));
        return ((SessionCheck.Inactive) check).refusal().code();
    }

    private ReasonCode resume(SessionId session) {
        LoginOutcome outcome = Master.await(master.auth.resume(master.caller(session)));
        return ((LoginOutcome.Refused) outcome).refusal().code();
    }
}
