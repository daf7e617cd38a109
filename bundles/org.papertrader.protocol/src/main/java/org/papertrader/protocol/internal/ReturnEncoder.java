package org.papertrader.protocol.internal;

import java.util.List;
import org.papertrader.model.Refusal;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.api.Return;

/** Returns and notices to arguments (PRO-8). */
final class ReturnEncoder {
    private ReturnEncoder() {}

    static List<String> arguments(Return answer) {
        if (answer instanceof Return.Fail m) {
            return reason(m.refusal());
        }
        if (answer instanceof Return.PurchaseSuccess m) {
            return List.of(
                    m.orderId().toString(),
                    m.reserved().toString(),
                    m.cashAvailable().toString(),
                    Long.toString(m.accountVersion()));
        }
        if (answer instanceof Return.SellSuccess m) {
            return List.of(m.orderId().toString(), m.cashAvailable().toString(), Long.toString(m.accountVersion()));
        }
        if (answer instanceof Return.CancelSuccess m) {
            return List.of(m.orderId().toString(), m.cashAvailable().toString(), Long.toString(m.accountVersion()));
        }
        if (answer instanceof Return.SessionGranted m) {
            return List.of(
                    m.sessionId().toHex(),
                    Grammar.text(m.expires()),
                    m.userName().value());
        }
        if (answer instanceof Return.RegisterSuccess m) {
            return List.of(m.userName().value());
        }
        if (answer instanceof Return.StateSwitchSuccess m) {
            return List.of(m.state().text());
        }
        return connectionArguments(answer);
    }

    private static List<String> connectionArguments(Return answer) {
        if (answer instanceof Return.Pong m) {
            return List.of(Grammar.text(m.serverTime()));
        }
        if (answer instanceof Return.Workers m) {
            return m.workers().stream().map(ReturnEncoder::worker).toList();
        }
        if (answer instanceof Return.ServerInfoReturn m) {
            return ServerInfoText.arguments(m.info());
        }
        if (answer instanceof Return.OrderFilled m) {
            return filled(m);
        }
        if (answer instanceof Return.OrderRejected m) {
            return rejected(m);
        }
        if (answer instanceof Return.MoveToWorker m) {
            return reason(m.refusal());
        }
        if (answer instanceof Return.Closing m) {
            return reason(m.refusal());
        }
        return List.of();
    }

    private static List<String> filled(Return.OrderFilled notice) {
        Return.Traded traded = notice.traded();
        return List.of(
                traded.orderId().toString(),
                Grammar.text(traded.side()),
                traded.symbol().value(),
                traded.quantity().toString(),
                notice.price().toString(),
                notice.cashEffect().toString(),
                Grammar.text(notice.completed()));
    }

    private static List<String> rejected(Return.OrderRejected notice) {
        Return.Traded traded = notice.traded();
        return List.of(
                traded.orderId().toString(),
                Grammar.text(traded.side()),
                traded.symbol().value(),
                traded.quantity().toString(),
                notice.refusal().code().code(),
                notice.refusal().text());
    }

    private static List<String> reason(Refusal refusal) {
        return List.of(refusal.code().code(), refusal.text());
    }

    private static String worker(WorkerServer worker) {
        return String.join(
                ",",
                worker.uuid().toString(),
                Percent.encode(worker.host()),
                Integer.toString(worker.port()),
                Percent.encode(worker.name()),
                Percent.encode(worker.region()),
                worker.certificateFingerprint());
    }
}
