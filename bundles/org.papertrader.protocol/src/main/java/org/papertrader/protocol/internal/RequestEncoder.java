package org.papertrader.protocol.internal;

import java.util.ArrayList;
import java.util.List;
import org.papertrader.protocol.api.Request;

/** Requests to arguments, the reverse of {@link RequestDecoder}. */
final class RequestEncoder {
    private RequestEncoder() {}

    static List<String> arguments(Request request) {
        if (request instanceof Request.Login m) {
            return List.of(m.userName().value(), m.hashedPass().toHex(), Boolean.toString(m.expirable()));
        }
        if (request instanceof Request.Register m) {
            return List.of(
                    m.userName().value(), m.email().value(), m.hashedPass().toHex());
        }
        if (request instanceof Request.Order m) {
            return order(m);
        }
        if (request instanceof Request.SwitchState m) {
            return List.of(m.state().text());
        }
        if (request instanceof Request.CancelOrder m) {
            return List.of(m.orderId().toString());
        }
        return dataArguments(request);
    }

    private static List<String> dataArguments(Request request) {
        if (request instanceof Request.Dated m) {
            return List.of(m.symbol().value(), Grammar.text(m.asOf()));
        }
        if (request instanceof Request.OfAsset m) {
            return List.of(m.symbol().value());
        }
        if (request instanceof Request.ListAssets m) {
            return listAssets(m);
        }
        if (request instanceof Request.GetUserTransactionHistory m && m.afterTransactionId() > 0) {
            return List.of(m.userName().value(), Long.toString(m.afterTransactionId()));
        }
        if (request instanceof Request.OfUser m) {
            return List.of(m.userName().value());
        }
        if (request instanceof Request.GetOrders m) {
            String which = m.openOnly() ? RequestDecoder.OPEN_ORDERS : RequestDecoder.ALL_ORDERS;
            return m.before().map(id -> List.of(which, id.toString())).orElseGet(() -> List.of(which));
        }
        return List.of();
    }

    private static List<String> listAssets(Request.ListAssets request) {
        String prefix = request.prefix().isEmpty() ? RequestDecoder.ALL_PREFIXES : request.prefix();
        return request.after()
                .map(after -> List.of(prefix, after.value()))
                .orElseGet(() -> request.prefix().isEmpty() ? List.of() : List.of(prefix));
    }

    private static List<String> order(Request.Order request) {
        List<String> arguments = new ArrayList<>(
                List.of(request.symbol().value(), request.quantity().toString()));
        request.clientOrderId().ifPresent(id -> arguments.add(id.value()));
        return arguments;
    }
}
