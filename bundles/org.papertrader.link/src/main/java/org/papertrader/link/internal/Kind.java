package org.papertrader.link.internal;

import org.jspecify.annotations.Nullable;

/** What a record is; the numbers of {@code docs/link.md}. */
enum Kind {
    HELLO(1),
    WELCOME(2),
    REFUSED(3),
    PING(4),
    PONG(5),
    FORWARD(10),
    CHECK_SESSION(11),
    PRESENCE(12),
    STATUS(13),
    CREDIT(14),
    ANSWER(20),
    DATA(21),
    DATA_PART(22),
    ACTIVE_SESSION(23),
    MARKET(30),
    SESSIONS_ENDED(31),
    NOTICES(32),
    WORKER_LIST(33),
    STATUS_ASKED(34),
    MOVE_CLIENTS(35);

    private static final Kind[] BY_NUMBER = byNumber();

    private final int number;

    Kind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** The kind of this number, or null. */
    static @Nullable Kind ofNumber(int number) {
        return number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    private static Kind[] byNumber() {
        Kind[] table = new Kind[MOVE_CLIENTS.number + 1];
        for (Kind kind : values()) {
            table[kind.number] = kind;
        }
        return table;
    }
}
