package org.papertrader.storage.jdbc;

/** Hears how a move or a backup goes on, on the thread that does it. */
public interface MoveProgress {
    /** What is being done; in this order, but for the last three only in a move. */
    enum Step {
        /** The target is made. */
        PREPARING,
        /** All rows of one moment are copied. */
        COPYING,
        /** What was changed meanwhile is done in the target too. */
        CATCHING_UP,
        /** Every row of both, as of one moment, is compared. */
        CHECKING,
        /** Nobody writes; the rest is copied and checked. */
        PAUSED,
        /** The one in use is about to say that it is no more. Whatever happens from here on, the target must stay. */
        FENCING,
        /** It has said so, on disk: from here on the target is the one in use. */
        FENCED,
        /** All goes on in the target. */
        SWITCHED
    }

    /** A step begins. */
    void step(Step step);

    /** So many rows of a table are done. */
    void rows(Step step, String table, long done, long all);

    /** True when it shall end with nothing done; asked often, and no more once {@link Step#FENCING} has begun. */
    boolean isCancelled();
}
