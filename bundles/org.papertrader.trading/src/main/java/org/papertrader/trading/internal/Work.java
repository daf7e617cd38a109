package org.papertrader.trading.internal;

/** What the committer does, in order. */
sealed interface Work permits Batch, Work.Signal {
    /** Work other than a batch. */
    enum Signal implements Work {
        /** Become the only writer and load. */
        LOAD,
        /** See whether another writer has taken over, which else only the next batch would tell. */
        CHECK,
        /** No more work comes. */
        FINISH
    }
}
