package org.papertrader.relay.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.accounts.api.Credentials;
import org.papertrader.accounts.api.LoginOutcome;
import org.papertrader.accounts.api.LogoutOutcome;
import org.papertrader.accounts.api.RegisterOutcome;
import org.papertrader.accounts.api.Registration;
import org.papertrader.link.api.LinkDownException;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.link.api.MasterLink;
import org.papertrader.link.api.OutcomeUnknownException;
import org.papertrader.model.Caller;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.SessionId;
import org.papertrader.model.WorkerStatus;
import org.papertrader.sessions.api.PresenceListener.Presence;

/** What a client hears when the master's reply is lost: never that nothing was done when it may have been. */
@Tag("PRO-16")
class LostRepliesTest {
    private static final Caller CALLER =
            new Caller(SessionId.NONE, InetAddress.getLoopbackAddress(), new UUID(1, 1), 1, Instant.EPOCH);
    private static final String PASS = "ab".repeat(32);

    private final MasterCalls master = new MasterCalls();
    private final TunnelledAccounts accounts = new TunnelledAccounts(master);
    private RuntimeException failure = new OutcomeUnknownException("the master did not reply in time");

    @BeforeEach
    void link() {
        master.bindLink(new LosingLink(), Map.of("service.id", 1L));
    }

    @Test
    void anAccountThatMayHaveBeenMadeIsNotToldToBeMissing() {
        assertThat(register()).isEqualTo(ReasonCode.OUTCOME_UNKNOWN);
    }

    @Test
    void aSessionThatMayHaveEndedIsNotToldToLive() {
        LogoutOutcome outcome = accounts.logout(CALLER).toCompletableFuture().join();
        assertThat(((LogoutOutcome.Refused) outcome).refusal().code()).isEqualTo(ReasonCode.OUTCOME_UNKNOWN);
    }

    @Test
    void aLoginMayBeTriedAgain() {
        LoginOutcome outcome = accounts.login(CALLER, new Credentials("alice", PASS, true))
                .toCompletableFuture()
                .join();
        assertThat(((LoginOutcome.Refused) outcome).refusal().code()).isEqualTo(ReasonCode.MASTER_UNAVAILABLE);
    }

    @Test
    void whatNeverLeftWasNotDone() {
        failure = new LinkDownException();
        assertThat(register()).isEqualTo(ReasonCode.MASTER_UNAVAILABLE);
    }

    private ReasonCode register() {
        RegisterOutcome outcome = accounts.register(CALLER, new Registration("alice", "alice@example.org", PASS))
                .toCompletableFuture()
                .join();
        return ((RegisterOutcome.Refused) outcome).refusal().code();
    }

    private final class LosingLink implements MasterLink {
        @Override
        public CompletionStage<LinkReply> send(LinkRequest request) {
            return CompletableFuture.failedFuture(failure);
        }

        @Override
        public void presence(List<Presence> changes) {}

        @Override
        public void tell(Instant asked, WorkerStatus status) {}

        @Override
        public boolean isUp() {
            return true;
        }

        @Override
        public UUID worker() {
            return new UUID(1, 1);
        }

        @Override
        public long nextSequence() {
            return 1;
        }
    }
}
