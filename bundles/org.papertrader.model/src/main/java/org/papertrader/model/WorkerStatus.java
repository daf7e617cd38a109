package org.papertrader.model;

import java.time.Instant;

/**
 * What a worker answers about itself (MST-19). Counts are since its start, where they are no present state.
 *
 * @param told the worker's wall clock when it answered
 * @param started when its program started, by the same clock
 * @param clients connected clients
 * @param sessions verified sessions in memory
 */
public record WorkerStatus(
        Instant told, Instant started, long clients, long sessions, Cache cache, Memory memory, Log log) {
    /**
     * Its cache of replies.
     *
     * @param entries how many there are
     * @param bytes memory that they hold, roughly
     * @param hits fresh answers
     * @param misses questions without a fresh answer
     */
    public record Cache(long entries, long bytes, long hits, long misses) {
        /** Nothing at all, also where there is no cache for the moment. */
        public static final Cache NONE = new Cache(0, 0, 0, 0);

        /** Fresh answers in a thousand questions; 0 before the first. */
        public int hitsPerMille() {
            long asked = hits + misses;
            return asked <= 0 ? 0 : (int) Math.min(1_000, hits * 1_000 / asked);
        }
    }

    /**
     * Memory of its Java heap, in bytes.
     *
     * @param used by living and dead objects
     * @param most as much as it may grow to
     */
    public record Memory(long used, long most) {}

    /**
     * Its log.
     *
     * @param waiting entries in memory that are not written yet (VAR-3)
     * @param dropped entries lost because memory for them was full
     */
    public record Log(long waiting, long dropped) {}
}
