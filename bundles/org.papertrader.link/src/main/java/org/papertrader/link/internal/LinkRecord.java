package org.papertrader.link.internal;

import java.util.UUID;

/**
 * One record as it came in.
 *
 * @param kind what it is
 * @param correlation ties a reply to its request; 0 where there is none
 * @param worker whose link it is (PRO-9)
 * @param body the rest, owned by the receiver
 */
record LinkRecord(Kind kind, long correlation, UUID worker, byte[] body) {
    /** Bytes of a record before its body, the length field included. */
    static final int HEADER = 4 + 1 + 8 + 16;

    /** Largest record, its length field included; larger things are split. */
    static final int LENGTH_MAX = 4 << 20;

    /** Largest record before the worker is admitted. */
    static final int LENGTH_MAX_HELLO = 4 << 10;
}
