package org.papertrader.storage.jdbc;

import org.jspecify.annotations.Nullable;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Side;
import org.papertrader.model.Transaction;
import org.papertrader.storage.api.LedgerBatch.IntervalRow;
import org.papertrader.storage.api.MarketStore.BarResolution;

/** The numbers that stand for constants in the tables. Never changed, whatever the constants' order is. */
final class Codes {
    /** {@link OrderStatus#OPEN}, for texts of SQL. */
    static final int OPEN = 0;
    /** {@link IntervalRow.State#CUT}, for texts of SQL. */
    static final int CUT = 0;
    /** {@link IntervalRow.State#SETTLED}, for texts of SQL. */
    static final int SETTLED = 2;

    private Codes() {}

    static int of(OrderStatus status) {
        return switch (status) {
            case OPEN -> OPEN;
            case FILLED -> 1;
            case REJECTED -> 2;
            case CANCELLED -> 3;
        };
    }

    static OrderStatus status(int code) {
        return switch (code) {
            case OPEN -> OrderStatus.OPEN;
            case 1 -> OrderStatus.FILLED;
            case 2 -> OrderStatus.REJECTED;
            case 3 -> OrderStatus.CANCELLED;
            default -> throw unknown("order status", code);
        };
    }

    static int of(Side side) {
        return switch (side) {
            case BUY -> 1;
            case SELL -> 2;
        };
    }

    static Side side(int code) {
        return switch (code) {
            case 1 -> Side.BUY;
            case 2 -> Side.SELL;
            default -> throw unknown("side", code);
        };
    }

    static int of(Transaction.Kind kind) {
        return switch (kind) {
            case DEPOSIT -> 0;
            case BUY -> 1;
            case SELL -> 2;
        };
    }

    static Transaction.Kind kind(int code) {
        return switch (code) {
            case 0 -> Transaction.Kind.DEPOSIT;
            case 1 -> Transaction.Kind.BUY;
            case 2 -> Transaction.Kind.SELL;
            default -> throw unknown("kind of transaction", code);
        };
    }

    static int of(IntervalRow.State state) {
        return switch (state) {
            case CUT -> CUT;
            case SETTLING -> 1;
            case SETTLED -> SETTLED;
        };
    }

    static IntervalRow.State state(int code) {
        return switch (code) {
            case CUT -> IntervalRow.State.CUT;
            case 1 -> IntervalRow.State.SETTLING;
            case SETTLED -> IntervalRow.State.SETTLED;
            default -> throw unknown("state of an interval", code);
        };
    }

    static int of(BarResolution resolution) {
        return switch (resolution) {
            case INTERVAL -> 0;
            case MINUTE -> 1;
            case DAY -> 2;
        };
    }

    static BarResolution barResolution(int code) {
        return switch (code) {
            case 0 -> BarResolution.INTERVAL;
            case 1 -> BarResolution.MINUTE;
            case 2 -> BarResolution.DAY;
            default -> throw unknown("resolution", code);
        };
    }

    static @Nullable String code(@Nullable Refusal reason) {
        return reason == null ? null : reason.code().code();
    }

    static @Nullable String text(@Nullable Refusal reason) {
        return reason == null ? null : reason.text();
    }

    /** A stored reason; a code that a newer version wrote reads as {@link ReasonCode#INTERNAL} with its text. */
    static @Nullable Refusal reason(@Nullable String code, @Nullable String text) {
        if (code == null) {
            return null;
        }
        ReasonCode known = ReasonCode.ofCode(code).orElse(ReasonCode.INTERNAL);
        return new Refusal(known, text == null ? "" : text);
    }

    private static IllegalStateException unknown(String what, int code) {
        return new IllegalStateException("unknown " + what + " in the database: " + code);
    }
}
