package org.papertrader.storage.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.papertrader.storage.api.LedgerBatch.Posting;

class PostingHashTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.123456Z");
    private static final Posting OURS = new Posting(7, "USD", -1_000_000, 4);
    private static final Posting THEIRS = new Posting(0, "USD", 1_000_000, 4);

    @Test
    void staysTheSameForever() {
        assertThat(HexFormat.of().formatHex(PostingHash.next(PostingHash.start(), 1, 2, AT, List.of(OURS, THEIRS))))
                .isEqualTo("f62257885d89c55000bafe6a779f4f79e5a41a861a38fbb8b6c9dd537d198f5b");
    }

    @Test
    void changesWithEveryPartOfTheSet() {
        byte[] start = PostingHash.start();
        byte[] hash = PostingHash.next(start, 1, 2, AT, List.of(OURS, THEIRS));

        assertThat(List.of(
                        PostingHash.next(hash, 1, 2, AT, List.of(OURS, THEIRS)),
                        PostingHash.next(start, 2, 2, AT, List.of(OURS, THEIRS)),
                        PostingHash.next(start, 1, 3, AT, List.of(OURS, THEIRS)),
                        PostingHash.next(start, 1, 2, AT.plusNanos(1_000), List.of(OURS, THEIRS)),
                        PostingHash.next(start, 1, 2, AT, List.of(THEIRS, OURS)),
                        PostingHash.next(start, 1, 2, AT, List.of(OURS)),
                        PostingHash.next(start, 1, 2, AT, List.of(OURS, new Posting(0, "USE", 1_000_000, 4))),
                        PostingHash.next(start, 1, 2, AT, List.of(OURS, new Posting(0, "USD", 1_000_001, 4))),
                        PostingHash.next(start, 1, 2, AT, List.of(OURS, new Posting(0, "USD", 1_000_000, 5)))))
                .doesNotContain(hash)
                .doesNotHaveDuplicates();
    }

    @Test
    void ignoresWhatStorageDoesNotKeepOfTheTime() {
        byte[] start = PostingHash.start();

        assertThat(PostingHash.next(start, 1, 2, AT.plusNanos(999), List.of(OURS)))
                .isEqualTo(PostingHash.next(start, PostingHash.seal(start, 1, 2, AT, List.of(OURS))));
    }

    @Test
    void refusesAHashOfAnotherLength() {
        assertThatThrownBy(() -> PostingHash.next(new byte[31], 1, 2, AT, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
