package org.papertrader.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.papertrader.accounts.api.Credentials;
import org.papertrader.accounts.api.LoginOutcome;
import org.papertrader.accounts.api.LogoutOutcome;
import org.papertrader.accounts.api.RegisterOutcome;
import org.papertrader.accounts.api.Registration;
import org.papertrader.accounts.api.UserInfoOutcome;
import org.papertrader.auth.internal.AuthSettings.AddressLimits;
import org.papertrader.gate.UnavailableException;
import org.papertrader.model.Email;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.SessionId;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.AccountStore.Lock;
import org.papertrader.storage.api.AccountStore.NewAccount;

class AccountServiceTest {
    private static final UserName ALICE = new UserName("alice");

    private final Master master = new Master();

    @AfterEach
    void stop() {
        master.close();
    }

    private ReasonCode registerRefusal(String name, String email, String pass) {
        RegisterOutcome outcome =
                Master.await(master.auth.register(master.stranger(), new Registration(name, email, pass)));
        return ((RegisterOutcome.Refused) outcome).refusal().code();
    }

    @Test
    @Tag("MST-6")
    @Tag("DS-1")
    void registersAndStoresAnAccount() {
        assertThat(master.register("Alice")).isEqualTo(new RegisterOutcome.Registered(ALICE));

        assertThat(master.accounts.find(ALICE)).hasValueSatisfying(account -> {
            assertThat(account.userName().value()).isEqualTo("Alice");
            assertThat(account.email().value()).isEqualTo("Alice@example.org");
            assertThat(account.passHash()).startsWith("$argon2id$").doesNotContain(Master.PASS);
        });
    }

    @Test
    @Tag("MST-6")
    void refusesTakenNamesAndAddresses() {
        master.register("alice");

        assertThat(registerRefusal("ALICE", "other@example.org", Master.PASS)).isEqualTo(ReasonCode.USER_NAME_TAKEN);
        assertThat(registerRefusal("bob", "ALICE@example.org", Master.PASS)).isEqualTo(ReasonCode.EMAIL_TAKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "x", "Ab", "zz"})
    void input13HashedPassOfAnyOtherFormIsRefused(String part) {
        for (String pass : List.of(part, part.repeat(31) + "a", part.repeat(33), part.repeat(32) + "\n")) {
            assertThat(registerRefusal("alice", "a@example.org", pass)).isEqualTo(ReasonCode.BAD_PASSWORD_HASH);
            assertThat(master.refusal("alice", pass)).isEqualTo(ReasonCode.BAD_PASSWORD_HASH);
        }
        assertThat(registerRefusal("alice", "a@example.org", "AB".repeat(32)))
                .as("upper case")
                .isEqualTo(ReasonCode.BAD_PASSWORD_HASH);
    }

    @Test
    void input14UnknownUserAndWrongPasswordGetTheSameAnswer() {
        master.register("alice");

        LoginOutcome unknown = master.login("nobody", Master.PASS, true);
        LoginOutcome wrong = master.login("alice", Master.WRONG, true);

        assertThat(unknown).isEqualTo(wrong);
        assertThat(((LoginOutcome.Refused) wrong).refusal().code()).isEqualTo(ReasonCode.BAD_CREDENTIALS);
    }

    @Test
    void input14UnknownUserCostsAHashToo() {
        // A hash of this cost takes far longer than all the rest, so the time shows whether one was made.
        Argon2Cost dear = new Argon2Cost(65_536, 4, 1);
        master.register("alice");
        master.auth.use(new AuthSettings(dear, Master.LIMITS, Master.SETTINGS.addresses()));
        master.register("bob");
        // The quickest, as a machine that stands still meanwhile would ask for too much.
        long hash = LongStream.generate(() -> nanos(() ->
                        Argon2Hash.dummy(dear, new java.security.SecureRandom()).matches(Master.PASS)))
                .limit(3)
                .min()
                .orElseThrow();

        long unknown = nanos(() -> master.login("nobody", Master.PASS, true));
        long wrong = nanos(() -> master.login("bob", Master.WRONG, true));

        assertThat(unknown).as("unknown user against one hash").isGreaterThan(hash / 4);
        assertThat(wrong).as("wrong password against one hash").isGreaterThan(hash / 4);
    }

    private static long nanos(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }

    @Test
    void input15WrongPasswordsDelayButLeaveLiveSessionsAlone() {
        master.register("alice");
        SessionId live = master.session("alice", false);

        List<ReasonCode> answers = IntStream.range(0, 100)
                .mapToObj(i -> master.refusal("alice", Master.WRONG))
                .toList();

        assertThat(answers.subList(0, 6)).containsOnly(ReasonCode.BAD_CREDENTIALS);
        assertThat(answers.subList(6, 100)).containsOnly(ReasonCode.THROTTLED);
        assertThat(master.isActive(live)).isTrue();
        assertThat(((LoginOutcome.Refused) master.login("alice", Master.PASS, true))
                        .refusal()
                        .text())
                .contains("try again in 1 s");
        master.clock.pass(Duration.ofSeconds(1));
        assertThat(master.login("alice", Master.PASS, true)).isInstanceOf(LoginOutcome.LoggedIn.class);
    }

    @Test
    @Tag("PRO-12")
    void rightLoginsAtOnceAllSucceedWrongOnesAtOnceAllCount() {
        master.register("alice");

        assertThat(atOnce(Master.PASS, 20)).allMatch(LoginOutcome.LoggedIn.class::isInstance);
        List<ReasonCode> wrong = atOnce(Master.WRONG, 20).stream()
                .map(outcome -> ((LoginOutcome.Refused) outcome).refusal().code())
                .toList();
        assertThat(wrong).filteredOn(ReasonCode.BAD_CREDENTIALS::equals).hasSize(6);
        assertThat(wrong).filteredOn(ReasonCode.THROTTLED::equals).hasSize(14);
    }

    private List<LoginOutcome> atOnce(String pass, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> master.auth.login(master.stranger(), new Credentials("alice", pass, false)))
                .toList()
                .stream()
                .map(Master::await)
                .toList();
    }

    @Test
    void throttlesUnknownNamesLikeKnownOnes() {
        for (int i = 0; i < 6; i++) {
            assertThat(master.refusal("nobody", Master.PASS)).isEqualTo(ReasonCode.BAD_CREDENTIALS);
        }

        assertThat(master.refusal("nobody", Master.PASS)).isEqualTo(ReasonCode.THROTTLED);
    }

    @Test
    void throttlesOneAddressOverManyNames() {
        master.auth.use(new AuthSettings(Master.CHEAP, Master.LIMITS, new AddressLimits(4, 60)));
        for (int i = 0; i < 4; i++) {
            assertThat(master.refusal("user" + i, Master.PASS)).isEqualTo(ReasonCode.BAD_CREDENTIALS);
        }

        assertThat(master.refusal("user5", Master.PASS)).isEqualTo(ReasonCode.THROTTLED);
        assertThat(registerRefusal("user6", "u@example.org", Master.PASS)).isEqualTo(ReasonCode.THROTTLED);
        assertThat(Master.await(master.auth.login(
                        master.caller(SessionId.NONE, "192.0.2.99"), new Credentials("user7", Master.PASS, true))))
                .isInstanceOfSatisfying(
                        LoginOutcome.Refused.class,
                        no -> assertThat(no.refusal().code()).isEqualTo(ReasonCode.BAD_CREDENTIALS));
    }

    @Test
    void honestLoginsDoNotUseUpTheirAddress() {
        master.register("alice");
        master.auth.use(new AuthSettings(Master.CHEAP, Master.LIMITS, new AddressLimits(2, 1)));

        for (int i = 0; i < 10; i++) {
            assertThat(master.login("alice", Master.PASS, true)).isInstanceOf(LoginOutcome.LoggedIn.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"' OR '1'='1", "alice'--", "x; DROP TABLE accounts", "a\u0000b", "a b", ""})
    void input16SqlInAUserNameIsJustABadName(String name) {
        assertThat(registerRefusal(name, "a@example.org", Master.PASS)).isEqualTo(ReasonCode.BAD_USER_NAME);
        assertThat(master.refusal(name, Master.PASS)).isEqualTo(ReasonCode.BAD_CREDENTIALS);
    }

    @Test
    void input17LookAlikesAndCaseTwinsAreRefused() {
        master.register("alice");

        assertThat(registerRefusal("\u0430lice", "b@example.org", Master.PASS)).isEqualTo(ReasonCode.BAD_USER_NAME);
        assertThat(registerRefusal("aLiCe", "b@example.org", Master.PASS)).isEqualTo(ReasonCode.USER_NAME_TAKEN);
    }

    @Test
    void input21PasswordLoginToAPasswordlessAccountIsRefusedAfterTheSameWork() {
        master.accounts.add(new NewAccount(new UserName("carol"), new Email("carol@example.org"), null, Instant.EPOCH));

        assertThat(master.refusal("carol", Master.PASS)).isEqualTo(ReasonCode.THIRD_PARTY_LOGIN);
        for (int i = 0; i < 5; i++) {
            master.refusal("carol", Master.PASS);
        }
        assertThat(master.refusal("carol", Master.PASS))
                .as("counted as a failure")
                .isEqualTo(ReasonCode.THROTTLED);
    }

    @Test
    @Tag("MST-6")
    void input24OfTwoParallelRegistrationsOfANameExactlyOneWins() {
        for (int round = 0; round < 20; round++) {
            String name = "user" + round;
            List<CompletableFuture<RegisterOutcome>> both = Stream.of("x", "y")
                    .map(mail -> master.auth
                            .register(
                                    master.stranger(),
                                    new Registration(name, mail + name + "@example.org", Master.PASS))
                            .toCompletableFuture())
                    .toList();

            assertThat(both.stream().map(Master::await).filter(RegisterOutcome.Registered.class::isInstance))
                    .as("round %d", round)
                    .hasSize(1);
        }
    }

    @Test
    @Tag("MST-10")
    void rehashesAtLoginWhenTheCostRose() {
        master.register("alice");
        String old = master.accounts.find(ALICE).orElseThrow().passHash();
        master.auth.use(new AuthSettings(new Argon2Cost(128, 2, 1), Master.LIMITS, Master.SETTINGS.addresses()));

        assertThat(master.refusal("alice", Master.WRONG)).isEqualTo(ReasonCode.BAD_CREDENTIALS);
        assertThat(master.accounts.find(ALICE).orElseThrow().passHash())
                .as("after a failure")
                .isEqualTo(old);
        assertThat(master.login("alice", Master.PASS, true)).isInstanceOf(LoginOutcome.LoggedIn.class);

        Awaitility.await().untilAsserted(() -> assertThat(
                        master.accounts.find(ALICE).orElseThrow().passHash())
                .startsWith("$argon2id$v=19$m=128,t=2,p=1$"));
        assertThat(master.login("alice", Master.PASS, true)).isInstanceOf(LoginOutcome.LoggedIn.class);
    }

    @Test
    void lockedAccountIsToldOnlyToWhoKnowsThePassword() {
        master.register("alice");
        SessionId live = master.session("alice", false);
        master.accounts.lock(master.accounts.find(ALICE).orElseThrow().id(), new Lock(null, ""));

        assertThat(master.refusal("alice", Master.WRONG)).isEqualTo(ReasonCode.BAD_CREDENTIALS);
        assertThat(master.refusal("alice", Master.PASS)).isEqualTo(ReasonCode.ACCOUNT_LOCKED);
        assertThat(Master.await(master.auth.resume(master.caller(live))))
                .isInstanceOfSatisfying(
                        LoginOutcome.Refused.class,
                        no -> assertThat(no.refusal().code()).isEqualTo(ReasonCode.ACCOUNT_LOCKED));
        assertThat(master.isActive(live)).isFalse();
    }

    @Test
    @Tag("PRO-15")
    void resumeAnswersTheSameIdAlways() {
        master.register("alice");
        SessionId id = master.session("alice", false);

        for (int i = 0; i < 3; i++) {
            assertThat(Master.await(master.auth.resume(master.caller(id))))
                    .isInstanceOfSatisfying(LoginOutcome.LoggedIn.class, in -> assertThat(in.id())
                            .isEqualTo(id));
            master.restart();
        }
    }

    @Test
    @Tag("PRO-14")
    @Tag("OVR-2")
    void tellsThePrivatePartToTheUserOnly() {
        master.register("alice");
        master.register("bob");
        SessionId alice = master.session("alice", true);
        SessionId bob = master.session("bob", true);

        UserInfoOutcome own = Master.await(master.auth.userInfo(master.caller(alice), ALICE));
        UserInfoOutcome other = Master.await(master.auth.userInfo(master.caller(bob), ALICE));

        assertThat(((UserInfoOutcome.Found) own).info().personal()).satisfies(personal -> {
            assertThat(personal.email().value()).isEqualTo("alice@example.org");
            assertThat(personal.isPassword()).isTrue();
        });
        assertThat(((UserInfoOutcome.Found) other).info().personal()).isNull();
        assertThat(Master.await(master.auth.userInfo(master.caller(bob), new UserName("nobody"))))
                .isInstanceOfSatisfying(
                        UserInfoOutcome.Refused.class,
                        no -> assertThat(no.refusal().code()).isEqualTo(ReasonCode.UNKNOWN_USER));
        assertThat(Master.await(master.auth.userInfo(master.stranger(), ALICE)))
                .isInstanceOfSatisfying(
                        UserInfoOutcome.Refused.class,
                        no -> assertThat(no.refusal().code()).isEqualTo(ReasonCode.NO_SESSION));
    }

    @Test
    void logoutEndsTheSessionAndTellsTheListeners() {
        master.register("alice");
        SessionId id = master.session("alice", false);

        assertThat(Master.await(master.auth.logout(master.caller(id)))).isEqualTo(new LogoutOutcome.LoggedOut());

        assertThat(master.ended).containsExactly(id);
        assertThat(master.isActive(id)).isFalse();
        assertThat(master.sessions.all()).isEmpty();
        assertThat(Master.await(master.auth.logout(master.caller(id)))).isInstanceOf(LogoutOutcome.Refused.class);
    }

    @Test
    void failedStorageIsToldAsUnavailable() {
        master.accounts.failsReads = true;

        assertThatThrownBy(() -> master.login("alice", Master.PASS, true))
                .hasRootCauseInstanceOf(UnavailableException.class);
    }

    @Test
    void triesThatTheStorageCouldNotAnswerDoNotUseUpTheirAddress() {
        master.register("alice");
        master.auth.use(new AuthSettings(Master.CHEAP, Master.LIMITS, new AddressLimits(2, 1)));
        master.accounts.failsReads = true;
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> master.login("alice", Master.PASS, true))
                    .hasRootCauseInstanceOf(UnavailableException.class);
            assertThatThrownBy(() -> master.register("bob")).hasRootCauseInstanceOf(UnavailableException.class);
        }
        master.accounts.failsReads = false;

        assertThat(master.login("alice", Master.PASS, true)).isInstanceOf(LoginOutcome.LoggedIn.class);
        assertThat(master.register("bob")).isInstanceOf(RegisterOutcome.Registered.class);
    }

    @Test
    void registrationOfUnknownOutcomeIsLookedUp() {
        master.accounts.failsAfterAdd = true;

        assertThat(master.register("alice")).isEqualTo(new RegisterOutcome.Registered(ALICE));
    }

    @Test
    void withoutStorageFailsAtOnceAndWithItGoesOn() {
        master.auth.unbindAccountStore(master.accounts);
        assertThatThrownBy(() -> master.register("alice")).hasRootCauseInstanceOf(UnavailableException.class);

        master.auth.bindAccountStore(master.accounts, java.util.Map.of());
        assertThat(master.register("alice")).isInstanceOf(RegisterOutcome.Registered.class);
    }

    @Test
    void stoppingAnswersAllThatIsUnderWay() {
        master.auth.use(new AuthSettings(new Argon2Cost(65_536, 10, 1), Master.LIMITS, Master.SETTINGS.addresses()));
        List<CompletableFuture<LoginOutcome>> logins = IntStream.range(0, 20)
                .mapToObj(i -> master.auth
                        .login(master.stranger(), new Credentials("user" + i, Master.PASS, true))
                        .toCompletableFuture())
                .toList();

        master.auth.deactivate();

        Awaitility.await().until(() -> logins.stream().allMatch(CompletableFuture::isDone));
        assertThat(logins).anyMatch(CompletableFuture::isCompletedExceptionally);
    }
}
