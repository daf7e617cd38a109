package org.papertrader.storage.api;

/** What became of a batch. */
public sealed interface CommitResult {
    /** It is committed. */
    record Committed() implements CommitResult {}

    /** Another writer has taken over; this one must stop. Nothing was written. */
    record Fenced() implements CommitResult {}

    /** An order of the batch has an idempotency key that is stored already. Nothing was written. */
    record DuplicateOrder() implements CommitResult {}
}
