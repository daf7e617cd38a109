package org.papertrader.model;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every reason that a server may give, with its stable code for programs (PRO-8). Codes are never reused. */
public enum ReasonCode {
    // Frames and connections
    BAD_FRAME("badFrame", "The bytes are no valid frame; the connection is closed."),
    UNSUPPORTED_VERSION("unsupportedVersion", "The frame's protocol version is not spoken here."),
    UNKNOWN_INSTRUCTION("unknownInstruction", "No instruction has this number."),
    BAD_ARGUMENTS("badArguments", "The number or form of the arguments is wrong."),
    WRONG_STATE("wrongState", "The instruction belongs to the other state; switchState first."),
    NO_SESSION("noSession", "The message needs an active session and carries none, or one that ended."),
    NOT_ALLOWED("notAllowed", "The session does not allow this."),
    BUSY("busy", "Too much is under way; nothing was done, try again shortly."),
    IDLE_TIMEOUT("idleTimeout", "Nothing was received for longer than the idle timeout."),
    SHUTTING_DOWN("shuttingDown", "The server is stopping; connect to another worker."),
    UNAVAILABLE("unavailable", "A part of the server is away for the moment; nothing was done, try again."),
    MASTER_UNAVAILABLE("masterUnavailable", "The worker has no link to the master; nothing was done, try again."),
    INTERNAL("internal", "An unexpected fault; it was logged."),

    // Accounts and sessions
    BAD_CREDENTIALS("badCredentials", "User name or password is wrong."),
    THROTTLED("throttled", "Too many logins or registrations, of this user or from this address; wait the time told."),
    THIRD_PARTY_LOGIN("thirdPartyLogin", "The account has no password; sign in with the third party."),
    ACCOUNT_LOCKED("accountLocked", "An operator locked the account."),
    USER_NAME_TAKEN("userNameTaken", "Another account has this user name."),
    EMAIL_TAKEN("emailTaken", "Another account has this e-mail address."),
    BAD_USER_NAME("badUserName", "The user name breaks the rules of user names."),
    BAD_EMAIL("badEmail", "The e-mail address breaks the rules of addresses."),
    BAD_PASSWORD_HASH("badPasswordHash", "hashedPass must be 64 lowercase hexadecimal digits."),
    UNKNOWN_USER("unknownUser", "There is no such user."),

    // Market data
    UNKNOWN_ASSET("unknownAsset", "There is no asset of this symbol."),
    NO_VALUE("noValue", "The asset has no value yet, or none in the period asked for."),
    BAD_DATE("badDate", "The date lies outside of what can be answered."),
    SOURCE_UNAVAILABLE("sourceUnavailable", "No source could answer, and nothing is stored."),

    // Orders
    BAD_QUANTITY("badQuantity", "The quantity must be greater than zero, with at most 8 decimals."),
    NO_PRICE("noPrice", "The asset has no price yet, so cash cannot be reserved."),
    INSUFFICIENT_CASH("insufficientCash", "Free cash does not cover the order and its reserve margin."),
    INSUFFICIENT_POSITION("insufficientPosition", "Fewer units are free to sell than asked for."),
    TOO_MANY_OPEN_ORDERS("tooManyOpenOrders", "The account has as many open orders as allowed."),
    AMOUNT_TOO_LARGE("amountTooLarge", "The amount does not fit into the numbers of the ledger."),
    AMOUNT_TOO_SMALL("amountTooSmall", "Price times quantity rounds to no money at all."),
    DUPLICATE_ORDER_ID("duplicateOrderId", "The clientOrderId was used before for another order."),
    OUTCOME_UNKNOWN(
            "outcomeUnknown",
            "It may be done or not: send an order again with the same clientOrderId; else look before trying again."),
    UNKNOWN_ORDER("unknownOrder", "The account has no such order."),
    ORDER_NOT_OPEN("orderNotOpen", "The order is not open any more."),
    CANCELLED_BY_USER("cancelledByUser", "The owner cancelled the order."),
    CANCELLED_BY_OPERATOR("cancelledByOperator", "An operator cancelled the order."),

    // Why an open order waits
    WAITING_FOR_INTERVAL("waitingForInterval", "The order waits for the next update interval."),
    WAITING_FOR_PRICE("waitingForPrice", "No price newer than the order has come yet."),
    MARKET_CLOSED("marketClosed", "The market is closed; the order waits for it to open."),
    HELD_BY_OPERATOR("heldByOperator", "An operator holds the order back; it waits until it is released.");

    private static final Map<String, ReasonCode> BY_CODE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(ReasonCode::code, Function.identity()));

    private final String code;
    private final String meaning;

    ReasonCode(String code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The stable code on the wire: one camelCase word. */
    public String code() {
        return code;
    }

    /** One sentence for people, the default text. */
    public String meaning() {
        return meaning;
    }

    /** The reason of this code; empty for codes of newer versions. */
    public static Optional<ReasonCode> ofCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
