package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("MST-29")
class CommittedViewsTest {
    private final CommittedViews views = new CommittedViews();

    @Test
    void aReaderWaitsForTheCommitThatItMayHaveSeen() {
        views.committing();
        CompletableFuture<Void> reader = views.caughtUp();
        assertThat(reader).isNotDone();
        views.committed();
        assertThat(reader).isCompleted();
    }

    @Test
    void withoutACommitUnderWayNobodyWaits() {
        assertThat(views.caughtUp()).isCompleted();
        views.committing();
        views.committed();
        assertThat(views.caughtUp()).isCompleted();
    }
}
