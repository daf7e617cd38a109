package org.papertrader.protocol.internal;

import java.util.Optional;
import java.util.regex.Pattern;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Email;
import org.papertrader.model.OrderId;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.protocol.api.ConnectionState;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.HashedPass;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.Request;

/** Arguments to requests, one method for each form (PRO-6, PRO-7); of several bad ones the first counts. */
final class RequestDecoder {
    static final String ALL_PREFIXES = "*";
    static final String OPEN_ORDERS = "open";
    static final String ALL_ORDERS = "all";

    private static final Pattern PREFIX = Pattern.compile("[A-Z0-9][A-Z0-9._/-]{0,15}");

    private RequestDecoder() {}

    static Request decode(Instruction instruction, FrameView frame) {
        Arguments arguments = Arguments.words(instruction, frame);
        return switch (instruction) {
            case LOGIN -> login(arguments);
            case RESUME_SESSION -> new Request.ResumeSession();
            case REGISTER -> register(arguments);
            case PURCHASE_ASSET -> purchase(arguments);
            case SELL_ASSET -> sell(arguments);
            case SWITCH_STATE -> switchState(arguments);
            case LOGOUT -> new Request.Logout();
            case CANCEL_ORDER -> new Request.CancelOrder(orderId(arguments.get(0)));
            case SUBSCRIBE -> new Request.Subscribe();
            case PING -> new Request.Ping();
            case GET_WORKERS -> new Request.GetWorkers();
            case GET_SERVER_INFO -> new Request.GetServerInfo();
            default -> dataRequest(instruction, arguments);
        };
    }

    private static Request dataRequest(Instruction instruction, Arguments arguments) {
        return switch (instruction) {
            case GET_ASSET_INFO -> new Request.GetAssetInfo(symbol(arguments));
            case GET_ASSET_VALUE_CURRENT -> new Request.GetAssetValueCurrent(symbol(arguments));
            case GET_ASSET_VALUE_DAY -> new Request.GetAssetValueDay(symbol(arguments), Grammar.asOf(arguments.get(1)));
            case GET_ASSET_VALUE_WEEK ->
                new Request.GetAssetValueWeek(symbol(arguments), Grammar.asOf(arguments.get(1)));
            case GET_ASSET_VALUE_MONTH ->
                new Request.GetAssetValueMonth(symbol(arguments), Grammar.asOf(arguments.get(1)));
            case GET_ASSET_VALUE_YEAR ->
                new Request.GetAssetValueYear(symbol(arguments), Grammar.asOf(arguments.get(1)));
            case GET_ASSET_VALUE_ALL_TIME -> new Request.GetAssetValueAllTime(symbol(arguments));
            case GET_ASSET_VALUE_PREDICTED ->
                new Request.GetAssetValuePredicted(symbol(arguments), Grammar.asOf(arguments.get(1)));
            case LIST_ASSETS -> listAssets(arguments);
            case GET_USER_INFO -> new Request.GetUserInfo(user(arguments));
            case GET_USER_PORTFOLIO -> new Request.GetUserPortfolio(user(arguments));
            case GET_USER_TRANSACTION_HISTORY -> history(arguments);
            case GET_ORDERS -> orders(arguments);
            default -> throw new BadMessage(ReasonCode.UNKNOWN_INSTRUCTION);
        };
    }

    private static Request login(Arguments arguments) {
        return new Request.Login(userName(arguments.get(0)), hashedPass(arguments.get(1)), bool(arguments.get(2)));
    }

    private static Request register(Arguments arguments) {
        return new Request.Register(
                userName(arguments.get(0)),
                Grammar.parse(arguments.get(1), Email::new, ReasonCode.BAD_EMAIL),
                hashedPass(arguments.get(2)));
    }

    private static Request purchase(Arguments arguments) {
        return new Request.Purchase(symbol(arguments), quantity(arguments.get(1)), clientOrderId(arguments));
    }

    private static Request sell(Arguments arguments) {
        return new Request.Sell(symbol(arguments), quantity(arguments.get(1)), clientOrderId(arguments));
    }

    private static Request switchState(Arguments arguments) {
        return new Request.SwitchState(ConnectionState.ofText(arguments.get(0))
                .orElseThrow(() -> new BadMessage(ReasonCode.BAD_ARGUMENTS, "A state is command or data.")));
    }

    private static Request listAssets(Arguments arguments) {
        String prefix = arguments.size() < 1 || arguments.get(0).equals(ALL_PREFIXES) ? "" : arguments.get(0);
        if (!prefix.isEmpty() && !PREFIX.matcher(prefix).matches()) {
            throw new BadMessage(ReasonCode.BAD_ARGUMENTS, "A prefix is * or the beginning of a symbol.");
        }
        Optional<Symbol> after = arguments.size() < 2
                ? Optional.empty()
                : Optional.of(Grammar.parse(arguments.get(1), Symbol::new, ReasonCode.BAD_ARGUMENTS));
        return new Request.ListAssets(prefix, after);
    }

    private static Request history(Arguments arguments) {
        return new Request.GetUserTransactionHistory(
                user(arguments), arguments.size() < 2 ? 0 : Grammar.number(arguments.get(1), 0));
    }

    private static Request orders(Arguments arguments) {
        String which = arguments.size() < 1 ? OPEN_ORDERS : arguments.get(0);
        if (!which.equals(OPEN_ORDERS) && !which.equals(ALL_ORDERS)) {
            throw new BadMessage(ReasonCode.BAD_ARGUMENTS, "Orders are asked for with open or all.");
        }
        Optional<OrderId> before = arguments.size() < 2 ? Optional.empty() : Optional.of(orderId(arguments.get(1)));
        return new Request.GetOrders(which.equals(OPEN_ORDERS), before);
    }

    private static UserName userName(String text) {
        return Grammar.parse(text, UserName::new, ReasonCode.BAD_USER_NAME);
    }

    /** Of another user: a name that cannot be one belongs to nobody. */
    private static UserName user(Arguments arguments) {
        return Grammar.parse(arguments.get(0), UserName::new, ReasonCode.UNKNOWN_USER);
    }

    private static HashedPass hashedPass(String text) {
        return Grammar.parse(text, HashedPass::parse, ReasonCode.BAD_PASSWORD_HASH);
    }

    private static boolean bool(String text) {
        return Grammar.bool(text);
    }

    /** A text that cannot be a symbol is the symbol of no asset. */
    private static Symbol symbol(Arguments arguments) {
        return Grammar.parse(arguments.get(0), Symbol::new, ReasonCode.UNKNOWN_ASSET);
    }

    private static Quantity quantity(String text) {
        Quantity quantity = Quantity.parse(Grammar.unsignedDecimal(text, ReasonCode.BAD_QUANTITY));
        if (!quantity.isPositive()) {
            throw new BadMessage(ReasonCode.BAD_QUANTITY);
        }
        return quantity;
    }

    private static OrderId orderId(String text) {
        return new OrderId(Grammar.number(text, 1));
    }

    private static Optional<ClientOrderId> clientOrderId(Arguments arguments) {
        return arguments.size() < 3
                ? Optional.empty()
                : Optional.of(
                        Grammar.parse(arguments.get(2), text -> new ClientOrderId(text), ReasonCode.BAD_ARGUMENTS));
    }
}
