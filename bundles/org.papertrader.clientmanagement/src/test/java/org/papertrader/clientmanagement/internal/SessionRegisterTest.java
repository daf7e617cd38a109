package org.papertrader.clientmanagement.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.AccountId;
import org.papertrader.model.Caller;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.model.UserName;
import org.papertrader.sessions.api.SessionCheck;

@Tag("WRK-4")
class SessionRegisterTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final SessionId ID = SessionId.of(
            new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8
            });

    private Instant now = START;
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final AtomicInteger asked = new AtomicInteger();
    private CompletableFuture<SessionCheck> master = new CompletableFuture<>();
    private final SessionRegister register = new SessionRegister(2, Duration.ofMinutes(5), clock, caller -> {
        asked.incrementAndGet();
        return master;
    });

    @Test
    void asksTheMasterOnceForManyAtOnceAndTrustsItsWordForAWhile() {
        CompletableFuture<SessionCheck> first = register.verify(caller(ID)).toCompletableFuture();
        CompletableFuture<SessionCheck> second = register.verify(caller(ID)).toCompletableFuture();
        master.complete(new SessionCheck.Active(session(START.plusSeconds(3600))));
        assertThat(first.join()).isEqualTo(second.join()).isInstanceOf(SessionCheck.Active.class);
        assertThat(asked).hasValue(1);
        assertThat(register.find(ID)).isNotNull();
        now = START.plus(Duration.ofMinutes(5));
        assertThat(register.find(ID)).isNull();
    }

    @Test
    void neverTrustsBeyondTheSessionsExpiry() {
        register.remember(ID, session(START.plusSeconds(10)));
        now = START.plusSeconds(10);
        assertThat(register.find(ID)).isNull();
    }

    @Test
    void anEndedSessionIsInactiveForThoseWhoHoldItsEntryToo() {
        VerifiedSession entry = register.remember(ID, session(START.plusSeconds(3600)));
        register.forget(List.of(ID));
        assertThat(entry.isActive(START.toEpochMilli())).isFalse();
        assertThat(register.find(ID)).isNull();
    }

    @Test
    void doesNotRememberWhatTheMasterRefused() {
        master.complete(new SessionCheck.Inactive(Refusal.of(ReasonCode.NO_SESSION)));
        register.verify(caller(ID));
        register.verify(caller(ID));
        assertThat(asked).hasValue(2);
    }

    private static Session session(Instant expires) {
        return new Session(new AccountId(1), new UserName("ada"), expires, true, InetAddress.getLoopbackAddress());
    }

    private static Caller caller(SessionId id) {
        return new Caller(id, InetAddress.getLoopbackAddress(), new UUID(0, 0), 0, START);
    }
}
