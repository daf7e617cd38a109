package org.papertrader.protocol.api;

import java.util.Optional;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Email;
import org.papertrader.model.OrderId;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;

/**
 * What a client may ask (PRO-6, PRO-7). The session id is not part of it: it travels in the header. Every value is
 * already checked for form, not for truth: a symbol may be unknown, a session may have ended.
 */
public sealed interface Request {

    /** The instruction that carries it. */
    Instruction instruction();

    /** An order to buy or sell; its quantity is greater than zero. */
    sealed interface Order extends Request {
        /** The asset. */
        Symbol symbol();

        /** How many units. */
        Quantity quantity();

        /** The client's own id. */
        Optional<ClientOrderId> clientOrderId();
    }

    /** Asks about one asset. */
    sealed interface OfAsset extends Request {
        /** The asset. */
        Symbol symbol();
    }

    /** Asks about one asset at a time. */
    sealed interface Dated extends OfAsset {
        /** When. */
        AsOf asOf();
    }

    /** Asks about one user. */
    sealed interface OfUser extends Request {
        /** Whose data; not who asks. */
        UserName userName();
    }

    /** Log in by name; {@code expirable} says that the session ends with its last connection (PRO-15). */
    record Login(UserName userName, HashedPass hashedPass, boolean expirable) implements Request {
        @Override
        public Instruction instruction() {
            return Instruction.LOGIN;
        }
    }

    /** {@code login(sessionID)}: take up the session of the header again. */
    record ResumeSession() implements Request {
        @Override
        public Instruction instruction() {
            return Instruction.RESUME_SESSION;
        }
    }

    /** Make an account. */
    record Register(UserName userName, Email email, HashedPass hashedPass) implements Request {
        @Override
        public Instruction instruction() {
            return Instruction.REGISTER;
        }
    }

    /** Buy; the quantity is greater than zero. */
    record Purchase(Symbol symbol, Quantity quantity, Optional<ClientOrderId> clientOrderId) implements Order {
        @Override
        public Instruction instruction() {
            return Instruction.PURCHASE_ASSET;
        }
    }

    /** Sell; the quantity is greater than zero. */
    record Sell(Symbol symbol, Quantity quantity, Optional<ClientOrderId> clientOrderId) implements Order {
        @Override
        public Instruction instruction() {
            return Instruction.SELL_ASSET;
        }
    }

    /** Change the connection's state; to the state that it already has is allowed too. */
    record SwitchState(ConnectionState state) implements Request {
        @Override
        public Instruction instruction() {
            return Instruction.SWITCH_STATE;
        }
    }

    /** End the session. */
    record Logout() implements Request {
        @Override
        public Instruction instruction() {
            return Instruction.LOGOUT;
        }
    }

    /** Take an open order back. */
    record CancelOrder(OrderId orderId) implements Request {
        @Override
        public Instruction instruction() {
            return Instruction.CANCEL_ORDER;
        }
    }

    /** Receive notices about the session's user's orders on this connection until it ends. */
    record Subscribe() implements Request {
        @Override
        public Instruction instruction() {
            return Instruction.SUBSCRIBE;
        }
    }

    /** Keep the connection from idling. */
    record Ping() implements Request {
        @Override
        public Instruction instruction() {
            return Instruction.PING;
        }
    }

    /** The list of workers; the one request that the master answers to clients (PRO-10). */
    record GetWorkers() implements Request {
        @Override
        public Instruction instruction() {
            return Instruction.GET_WORKERS;
        }
    }

    /** What any client must know first. */
    record GetServerInfo() implements Request {
        @Override
        public Instruction instruction() {
            return Instruction.GET_SERVER_INFO;
        }
    }

    /** The asset as in DS-3. */
    record GetAssetInfo(Symbol symbol) implements OfAsset {
        @Override
        public Instruction instruction() {
            return Instruction.GET_ASSET_INFO;
        }
    }

    /** The latest value that the master has. */
    record GetAssetValueCurrent(Symbol symbol) implements OfAsset {
        @Override
        public Instruction instruction() {
            return Instruction.GET_ASSET_VALUE_CURRENT;
        }
    }

    /** 24 hours at the frequency of VAR-4. */
    record GetAssetValueDay(Symbol symbol, AsOf asOf) implements Dated {
        @Override
        public Instruction instruction() {
            return Instruction.GET_ASSET_VALUE_DAY;
        }
    }

    /** A week by day. */
    record GetAssetValueWeek(Symbol symbol, AsOf asOf) implements Dated {
        @Override
        public Instruction instruction() {
            return Instruction.GET_ASSET_VALUE_WEEK;
        }
    }

    /** A month by day. */
    record GetAssetValueMonth(Symbol symbol, AsOf asOf) implements Dated {
        @Override
        public Instruction instruction() {
            return Instruction.GET_ASSET_VALUE_MONTH;
        }
    }

    /** A year by month. */
    record GetAssetValueYear(Symbol symbol, AsOf asOf) implements Dated {
        @Override
        public Instruction instruction() {
            return Instruction.GET_ASSET_VALUE_YEAR;
        }
    }

    /** All that is stored, by month. */
    record GetAssetValueAllTime(Symbol symbol) implements OfAsset {
        @Override
        public Instruction instruction() {
            return Instruction.GET_ASSET_VALUE_ALL_TIME;
        }
    }

    /** A predicted future value with its interval, for the end of {@code asOf}. */
    record GetAssetValuePredicted(Symbol symbol, AsOf asOf) implements Dated {
        @Override
        public Instruction instruction() {
            return Instruction.GET_ASSET_VALUE_PREDICTED;
        }
    }

    /**
     * A page of the assets whose symbol begins with {@code prefix}, in order of symbol.
     *
     * @param prefix empty for all
     * @param after the page begins behind this symbol
     */
    record ListAssets(String prefix, Optional<Symbol> after) implements Request {
        @Override
        public Instruction instruction() {
            return Instruction.LIST_ASSETS;
        }
    }

    /** The account: all of it for its owner, else the public part (PRO-14). */
    record GetUserInfo(UserName userName) implements OfUser {
        @Override
        public Instruction instruction() {
            return Instruction.GET_USER_INFO;
        }
    }

    /** The portfolio: all of it for its owner, else the public part (PRO-14). */
    record GetUserPortfolio(UserName userName) implements OfUser {
        @Override
        public Instruction instruction() {
            return Instruction.GET_USER_PORTFOLIO;
        }
    }

    /**
     * A page of the history, oldest first.
     *
     * @param afterTransactionId the page begins behind this transaction; 0 for the first page
     */
    record GetUserTransactionHistory(UserName userName, long afterTransactionId) implements OfUser {
        @Override
        public Instruction instruction() {
            return Instruction.GET_USER_TRANSACTION_HISTORY;
        }
    }

    /**
     * A page of the session's user's own orders, newest first.
     *
     * @param openOnly only those that may still fill
     * @param before only orders with smaller numbers, for the next page; empty for the first
     */
    record GetOrders(boolean openOnly, Optional<OrderId> before) implements Request {
        @Override
        public Instruction instruction() {
            return Instruction.GET_ORDERS;
        }
    }
}
