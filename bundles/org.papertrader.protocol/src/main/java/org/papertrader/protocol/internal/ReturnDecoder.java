package org.papertrader.protocol.internal;

import java.util.List;
import java.util.UUID;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.api.ConnectionState;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.Return;

/** Arguments to returns and notices, for clients. */
final class ReturnDecoder {
    private static final int WORKER_FIELDS = 6;

    private ReturnDecoder() {}

    static Return decode(Instruction instruction, FrameView frame) {
        return switch (instruction) {
            case WORKERS -> workers(Arguments.words(instruction, frame));
            case SERVER_INFO ->
                new Return.ServerInfoReturn(
                        ServerInfoText.parse(Arguments.words(instruction, frame).all()));
            default -> decode(instruction, Arguments.wordsThenText(instruction, frame));
        };
    }

    private static Return decode(Instruction instruction, Arguments arguments) {
        return switch (instruction) {
            case ERROR -> new Return.Failure(reason(arguments, 0));
            case LOGIN_FAIL,
                    REGISTER_FAIL,
                    PURCHASE_FAIL,
                    SELL_FAIL,
                    STATE_SWITCH_FAIL,
                    DATA_FAIL,
                    LOGOUT_FAIL,
                    CANCEL_FAIL,
                    SUBSCRIBE_FAIL -> new Return.Refused(instruction, reason(arguments, 0));
            case MOVE_TO_WORKER -> new Return.MoveToWorker(reason(arguments, 0));
            case CLOSING -> new Return.Closing(reason(arguments, 0));
            case ORDER_FILLED -> filled(arguments);
            case ORDER_REJECTED -> new Return.OrderRejected(traded(arguments), reason(arguments, 4));
            default -> success(instruction, arguments);
        };
    }

    private static Return success(Instruction instruction, Arguments arguments) {
        return switch (instruction) {
            case SESSION_ID ->
                new Return.SessionGranted(
                        value(arguments.get(0), SessionId::parse),
                        Grammar.instant(arguments.get(1)),
                        value(arguments.get(2), UserName::new));
            case REGISTER_SUCCESS -> new Return.RegisterSuccess(value(arguments.get(0), UserName::new));
            case PURCHASE_SUCCESS ->
                new Return.PurchaseSuccess(
                        orderId(arguments),
                        value(arguments.get(1), Money::parse),
                        value(arguments.get(2), Money::parse),
                        Grammar.number(arguments.get(3), 0));
            case SELL_SUCCESS ->
                new Return.SellSuccess(
                        orderId(arguments), value(arguments.get(1), Money::parse), Grammar.number(arguments.get(2), 0));
            case CANCEL_SUCCESS ->
                new Return.CancelSuccess(
                        orderId(arguments), value(arguments.get(1), Money::parse), Grammar.number(arguments.get(2), 0));
            case STATE_SWITCH_SUCCESS ->
                new Return.StateSwitchSuccess(
                        ConnectionState.ofText(arguments.get(0)).orElseThrow(ReturnDecoder::bad));
            case LOGOUT_SUCCESS -> new Return.LogoutSuccess();
            case SUBSCRIBE_SUCCESS -> new Return.SubscribeSuccess();
            case PONG -> new Return.Pong(Grammar.instant(arguments.get(0)));
            default -> throw new BadMessage(ReasonCode.UNKNOWN_INSTRUCTION);
        };
    }

    /** A code of a newer server keeps its word in the text. */
    static Refusal refusal(String code, String text) {
        String bounded = text.length() > 400 ? text.substring(0, 400) : text;
        return ReasonCode.ofCode(code)
                .map(known -> value(bounded, ok -> Refusal.of(known, ok)))
                .orElseGet(() -> value(abbreviated(code) + ": " + bounded, ok -> Refusal.of(ReasonCode.INTERNAL, ok)));
    }

    private static Refusal reason(Arguments arguments, int index) {
        return refusal(arguments.get(index), arguments.get(index + 1));
    }

    private static Return filled(Arguments arguments) {
        return new Return.OrderFilled(
                traded(arguments),
                value(arguments.get(4), Price::parse),
                value(arguments.get(5), Money::parse),
                Grammar.instant(arguments.get(6)));
    }

    private static Return.Traded traded(Arguments arguments) {
        return new Return.Traded(
                orderId(arguments),
                Grammar.side(arguments.get(1)),
                value(arguments.get(2), Symbol::new),
                value(arguments.get(3), Quantity::parse));
    }

    private static OrderId orderId(Arguments arguments) {
        return new OrderId(Grammar.number(arguments.get(0), 1));
    }

    private static Return workers(Arguments arguments) {
        return new Return.Workers(
                arguments.all().stream().map(ReturnDecoder::worker).toList());
    }

    /** Fields behind the known ones are of newer servers. */
    private static WorkerServer worker(String text) {
        List<String> fields = List.of(text.split(",", -1));
        if (fields.size() < WORKER_FIELDS) {
            throw bad();
        }
        long port = Grammar.number(fields.get(2), 1);
        if (port > 65_535) {
            throw bad();
        }
        UUID uuid = value(fields.get(0), UUID::fromString);
        String host = Percent.decode(fields.get(1));
        String name = Percent.decode(fields.get(3));
        String region = Percent.decode(fields.get(4));
        return value(fields.get(5), fingerprint -> new WorkerServer(uuid, name, host, (int) port, region, fingerprint));
    }

    private static <T> T value(String text, java.util.function.Function<String, T> parse) {
        return Grammar.parse(text, parse, ReasonCode.BAD_ARGUMENTS);
    }

    private static String abbreviated(String code) {
        return code.length() > 40 ? code.substring(0, 40) : code;
    }

    private static BadMessage bad() {
        return new BadMessage(ReasonCode.BAD_ARGUMENTS);
    }
}
