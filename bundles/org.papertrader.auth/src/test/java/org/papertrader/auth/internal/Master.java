package org.papertrader.auth.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.papertrader.accounts.api.Credentials;
import org.papertrader.accounts.api.LoginOutcome;
import org.papertrader.accounts.api.RegisterOutcome;
import org.papertrader.accounts.api.Registration;
import org.papertrader.auth.internal.AuthSettings.AddressLimits;
import org.papertrader.auth.internal.AuthSettings.SessionLimits;
import org.papertrader.model.Caller;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.SessionId;
import org.papertrader.sessions.api.PresenceListener.Presence;
import org.papertrader.sessions.api.SessionCheck;
import org.papertrader.sessions.api.SessionListener;

/** An auth provider over stores in memory, with a clock that the test moves. Turns of the sweeper are made by hand. */
final class Master implements AutoCloseable {
    static final UUID WORKER_A = new UUID(0, 1);
    static final UUID WORKER_B = new UUID(0, 2);
    static final String PASS = "ab".repeat(32);
    static final String WRONG = "cd".repeat(32);
    static final Argon2Cost CHEAP = new Argon2Cost(64, 1, 1);
    static final SessionLimits LIMITS = new SessionLimits(
            Duration.ofSeconds(60), Duration.ofHours(12), Duration.ofDays(30), Duration.ofDays(365), 20);
    static final AuthSettings SETTINGS = new AuthSettings(CHEAP, LIMITS, new AddressLimits(1_000, 1_000));
    private static final Duration NEVER = Duration.ofDays(1);

    final MemoryAccountStore accounts = new MemoryAccountStore();
    final MemorySessionStore sessions;
    final List<SessionId> ended = new CopyOnWriteArrayList<>();
    final TestClock clock;
    AuthProvider auth;

    Master() {
        this(SETTINGS);
    }

    Master(AuthSettings settings) {
        sessions = new MemorySessionStore();
        clock = new TestClock();
        auth = start(settings);
    }

    /** The same storage under a new process. */
    void restart() {
        auth.deactivate();
        auth = start(SETTINGS);
    }

    private AuthProvider start(AuthSettings settings) {
        AuthProvider provider = new AuthProvider(settings, clock, clock::nanos, NEVER);
        provider.bindAccountStore(accounts, Map.of());
        provider.bindSessionStore(sessions, Map.of());
        SessionListener listener = ended::addAll;
        provider.bindSessionListener(listener, Map.of());
        return provider;
    }

    @Override
    public void close() {
        auth.deactivate();
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the stage did not succeed", e);
        }
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    Caller caller(SessionId session) {
        return caller(session, "192.0.2.1");
    }

    Caller caller(SessionId session, String address) {
        return new Caller(session, address(address), WORKER_A, 1, clock.instant());
    }

    Caller stranger() {
        return caller(SessionId.NONE);
    }

    RegisterOutcome register(String name) {
        return await(auth.register(stranger(), new Registration(name, name + "@example.org", PASS)));
    }

    LoginOutcome login(String name, String pass, boolean expirable) {
        return await(auth.login(stranger(), new Credentials(name, pass, expirable)));
    }

    /** Logs in with the right password. */
    SessionId session(String name, boolean expirable) {
        return ((LoginOutcome.LoggedIn) login(name, PASS, expirable)).id();
    }

    /** The reason for which a login with this password is refused. */
    ReasonCode refusal(String name, String pass) {
        return ((LoginOutcome.Refused) login(name, pass, true)).refusal().code();
    }

    boolean isActive(SessionId session) {
        return await(auth.check(caller(session))) instanceof SessionCheck.Active;
    }

    void connected(UUID worker, SessionId session) {
        auth.presence(worker, List.of(new Presence(session, true)));
    }

    void disconnected(UUID worker, SessionId session) {
        auth.presence(worker, List.of(new Presence(session, false)));
    }

    /** Wall clock and monotonic clock in one. */
    static final class TestClock extends Clock {
        private volatile Instant now = Instant.parse("2026-03-02T14:30:00Z");
        private volatile long nanos;

        void pass(Duration time) {
            now = now.plus(time);
            nanos += time.toNanos();
        }

        /** Moves the wall clock only, as an operator might. */
        void set(Instant wall) {
            now = wall;
        }

        long nanos() {
            return nanos;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
