package org.papertrader.protocol.internal;

import org.papertrader.protocol.api.Instruction;

/** The header of every payload, and the number of each kind. */
enum PayloadKind {
    ASSET_INFO(1),
    CURRENT_VALUE(2),
    SERIES(3),
    PREDICTION(4),
    ASSET_LIST(5),
    USER_INFO(10),
    PORTFOLIO(11),
    TRANSACTIONS(12),
    ORDERS(13);

    static final int LAYOUT = 1;
    static final int HEADER_LENGTH = 20;
    static final int FLAGS_OFFSET = 2;

    /** The private part is there (PRO-14). */
    static final int FLAG_OWN = 1;

    /** Further rows follow behind the last. */
    static final int FLAG_MORE = 2;

    /** Served by a worker without its master. */
    static final int FLAG_STALE = 4;

    private final int number;

    PayloadKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** What answers this request. */
    static PayloadKind of(Instruction request) {
        return switch (request) {
            case GET_ASSET_INFO -> ASSET_INFO;
            case GET_ASSET_VALUE_CURRENT -> CURRENT_VALUE;
            case GET_ASSET_VALUE_DAY,
                    GET_ASSET_VALUE_WEEK,
                    GET_ASSET_VALUE_MONTH,
                    GET_ASSET_VALUE_YEAR,
                    GET_ASSET_VALUE_ALL_TIME -> SERIES;
            case GET_ASSET_VALUE_PREDICTED -> PREDICTION;
            case LIST_ASSETS -> ASSET_LIST;
            case GET_USER_INFO -> USER_INFO;
            case GET_USER_PORTFOLIO -> PORTFOLIO;
            case GET_USER_TRANSACTION_HISTORY -> TRANSACTIONS;
            case GET_ORDERS -> ORDERS;
            default -> throw new IllegalArgumentException(request + " is not answered by data");
        };
    }
}
