package org.papertrader.protocol.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Every instruction with its number (PRO-6, PRO-7, PRO-8). Numbers lie in bands: 1–99 requests of the command state,
 * 100–199 requests of the data transfer state, 200–249 returns, 250–299 notices, 300 data packets.
 */
public enum Instruction {
    LOGIN(1, "login", Kind.COMMAND, 3, 3),
    RESUME_SESSION(2, "login(sessionID)", Kind.COMMAND_IN_SESSION, 0, 0),
    REGISTER(3, "register", Kind.COMMAND, 3, 3),
    PURCHASE_ASSET(4, "purchaseAsset", Kind.COMMAND_IN_SESSION, 2, 3),
    SELL_ASSET(5, "sellAsset", Kind.COMMAND_IN_SESSION, 2, 3),
    SWITCH_STATE(6, "switchState", Kind.ANY_STATE_IN_SESSION, 1, 1),
    LOGOUT(7, "logout", Kind.COMMAND_IN_SESSION, 0, 0),
    CANCEL_ORDER(8, "cancelOrder", Kind.COMMAND_IN_SESSION, 1, 1),
    SUBSCRIBE(9, "subscribe", Kind.COMMAND_IN_SESSION, 0, 0),
    PING(10, "ping", Kind.ANY_STATE, 0, 0),
    GET_WORKERS(11, "getWorkers", Kind.COMMAND, 0, 0),
    GET_SERVER_INFO(12, "getServerInfo", Kind.COMMAND, 0, 0),

    GET_ASSET_INFO(100, "getAssetInfo", Kind.DATA_IN_SESSION, 1, 1),
    GET_ASSET_VALUE_CURRENT(101, "getAssetValueCurrent", Kind.DATA_IN_SESSION, 1, 1),
    GET_ASSET_VALUE_DAY(102, "getAssetValueDay", Kind.DATA_IN_SESSION, 2, 2),
    GET_ASSET_VALUE_WEEK(103, "getAssetValueWeek", Kind.DATA_IN_SESSION, 2, 2),
    GET_ASSET_VALUE_MONTH(104, "getAssetValueMonth", Kind.DATA_IN_SESSION, 2, 2),
    GET_ASSET_VALUE_YEAR(105, "getAssetValueYear", Kind.DATA_IN_SESSION, 2, 2),
    GET_ASSET_VALUE_ALL_TIME(106, "getAssetValueAllTime", Kind.DATA_IN_SESSION, 1, 1),
    GET_ASSET_VALUE_PREDICTED(107, "getAssetValuePredicted", Kind.DATA_IN_SESSION, 2, 2),
    LIST_ASSETS(108, "listAssets", Kind.DATA_IN_SESSION, 0, 2),
    GET_USER_INFO(120, "getUserInfo", Kind.DATA_IN_SESSION, 1, 1),
    GET_USER_PORTFOLIO(121, "getUserPortfolio", Kind.DATA_IN_SESSION, 1, 1),
    GET_USER_TRANSACTION_HISTORY(122, "getUserTransactionHistory", Kind.DATA_IN_SESSION, 1, 2),
    GET_ORDERS(123, "getOrders", Kind.DATA_IN_SESSION, 0, 2),

    ERROR(200, "error", Kind.RETURN, 2, 2),
    SESSION_ID(201, "sessionID", Kind.RETURN, 3, 3),
    LOGIN_FAIL(202, "loginFail", Kind.RETURN, 2, 2),
    REGISTER_SUCCESS(203, "registerSuccess", Kind.RETURN, 1, 1),
    REGISTER_FAIL(204, "registerFail", Kind.RETURN, 2, 2),
    PURCHASE_SUCCESS(205, "purchaseSuccess", Kind.RETURN, 4, 4),
    PURCHASE_FAIL(206, "purchaseFail", Kind.RETURN, 2, 2),
    SELL_SUCCESS(207, "sellSuccess", Kind.RETURN, 3, 3),
    SELL_FAIL(208, "sellFail", Kind.RETURN, 2, 2),
    STATE_SWITCH_SUCCESS(209, "stateSwitchSuccess", Kind.RETURN, 1, 1),
    STATE_SWITCH_FAIL(210, "stateSwitchFail", Kind.RETURN, 2, 2),
    DATA_FAIL(211, "dataFail", Kind.RETURN, 2, 2),
    LOGOUT_SUCCESS(212, "logoutSuccess", Kind.RETURN, 0, 0),
    LOGOUT_FAIL(213, "logoutFail", Kind.RETURN, 2, 2),
    CANCEL_SUCCESS(214, "cancelSuccess", Kind.RETURN, 3, 3),
    CANCEL_FAIL(215, "cancelFail", Kind.RETURN, 2, 2),
    SUBSCRIBE_SUCCESS(216, "subscribeSuccess", Kind.RETURN, 0, 0),
    SUBSCRIBE_FAIL(217, "subscribeFail", Kind.RETURN, 2, 2),
    PONG(218, "pong", Kind.RETURN, 1, 1),
    WORKERS(219, "workers", Kind.RETURN, 0, ProtocolLimits.RETURN_ARGUMENTS_MAX),
    SERVER_INFO(220, "serverInfo", Kind.RETURN, 1, ProtocolLimits.RETURN_ARGUMENTS_MAX),

    ORDER_FILLED(250, "orderFilled", Kind.RETURN, 7, 7),
    ORDER_REJECTED(251, "orderRejected", Kind.RETURN, 6, 6),
    MOVE_TO_WORKER(252, "moveToWorker", Kind.RETURN, 2, 2),
    CLOSING(253, "closing", Kind.RETURN, 2, 2),

    DATA(300, "data", Kind.DATA_PACKET, 0, 0);

    private enum Kind {
        COMMAND(MessageType.COMMAND, false, true, false),
        COMMAND_IN_SESSION(MessageType.COMMAND, true, true, false),
        ANY_STATE(MessageType.COMMAND, false, true, true),
        ANY_STATE_IN_SESSION(MessageType.COMMAND, true, true, true),
        DATA_IN_SESSION(MessageType.DATA_TRANSFER, true, false, true),
        RETURN(MessageType.CONTROL, false, false, false),
        DATA_PACKET(MessageType.DATA_TRANSFER, false, false, false);

        private final MessageType type;
        private final boolean session;
        private final boolean inCommandState;
        private final boolean inDataState;

        Kind(MessageType type, boolean session, boolean inCommandState, boolean inDataState) {
            this.type = type;
            this.session = session;
            this.inCommandState = inCommandState;
            this.inDataState = inDataState;
        }
    }

    private static final List<Optional<Instruction>> BY_NUMBER = byNumber();

    private final int number;
    private final String text;
    private final Kind kind;
    private final int argumentsMin;
    private final int argumentsMax;

    Instruction(int number, String text, Kind kind, int argumentsMin, int argumentsMax) {
        this.number = number;
        this.text = text;
        this.kind = kind;
        this.argumentsMin = argumentsMin;
        this.argumentsMax = argumentsMax;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    /** The name that the specification and {@code docs/protocol.md} use. */
    public String text() {
        return text;
    }

    /** The type that a message of this instruction has, always the same. */
    public MessageType messageType() {
        return kind.type;
    }

    /** True for what a client sends. */
    public boolean isRequest() {
        return kind.inCommandState || kind.inDataState;
    }

    /** True when a message of this instruction must carry an active session (PRO-2). */
    public boolean needsSession() {
        return kind.session;
    }

    /** True when a client may send it in this state (PRO-5); always false for what a server sends. */
    public boolean isAllowedIn(ConnectionState state) {
        return state == ConnectionState.COMMAND ? kind.inCommandState : kind.inDataState;
    }

    /**
     * True when carrying it out changes accounts or orders. One whose answer got lost may have been done: it is answered
     * {@code outcomeUnknown}, never that nothing was done (PRO-16). A login is none: it may be tried again.
     */
    public boolean isChange() {
        return switch (this) {
            case REGISTER, PURCHASE_ASSET, SELL_ASSET, CANCEL_ORDER, LOGOUT -> true;
            default -> false;
        };
    }

    /** Fewest string arguments. */
    public int argumentsMin() {
        return argumentsMin;
    }

    /** Most string arguments. */
    public int argumentsMax() {
        return argumentsMax;
    }

    /** The instruction of this number; empty when there is none. Allocates nothing. */
    public static Optional<Instruction> ofNumber(int number) {
        return number < 0 || number >= BY_NUMBER.size() ? Optional.empty() : BY_NUMBER.get(number);
    }

    private static List<Optional<Instruction>> byNumber() {
        List<Optional<Instruction>> table = new ArrayList<>(Collections.nCopies(DATA.number + 1, Optional.empty()));
        for (Instruction instruction : values()) {
            table.set(instruction.number, Optional.of(instruction));
        }
        return List.copyOf(table);
    }
}
