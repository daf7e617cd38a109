package org.papertrader.relay.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.link.api.LinkDownException;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.OutcomeUnknownException;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;

/** What a worker says of a reply that does not come. */
@Tag("WRK-5")
class RepliesTest {
    private static final CompletionStage<LinkReply> LOST =
            CompletableFuture.failedFuture(new OutcomeUnknownException("the master did not answer in time"));
    private static final CompletionStage<LinkReply> NEVER_SENT =
            CompletableFuture.failedFuture(new LinkDownException());

    private static ReasonCode code(CompletionStage<Refusal> refusal) {
        return refusal.toCompletableFuture().join().code();
    }

    @Test
    void ofWhatMayHaveBeenDoneItIsNotSaidThatNothingWas() {
        assertThat(code(Replies.settle(LOST, reply -> Optional.empty(), refusal -> refusal)))
                .isEqualTo(ReasonCode.OUTCOME_UNKNOWN);
        assertThat(code(Replies.settle(NEVER_SENT, reply -> Optional.empty(), refusal -> refusal)))
                .isEqualTo(ReasonCode.MASTER_UNAVAILABLE);
    }

    @Test
    void whatChangesNothingMayBeTriedAgain() {
        assertThat(code(Replies.seen(LOST, reply -> Optional.empty(), refusal -> refusal)))
                .isEqualTo(ReasonCode.MASTER_UNAVAILABLE);
        assertThat(code(Replies.seen(NEVER_SENT, reply -> Optional.empty(), refusal -> refusal)))
                .isEqualTo(ReasonCode.MASTER_UNAVAILABLE);
    }
}
