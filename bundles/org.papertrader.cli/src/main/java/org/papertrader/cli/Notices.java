package org.papertrader.cli;

import java.util.Locale;
import java.util.Optional;
import org.papertrader.client.ClientOptions;
import org.papertrader.protocol.api.Return;

/** Notices as lines for people. */
final class Notices {
    private Notices() {}

    static Optional<String> text(Return notice) {
        if (notice instanceof Return.OrderFilled filled) {
            return Optional.of("* order %s filled: %s at %s, cash %s"
                    .formatted(
                            filled.traded().orderId(), traded(filled.traded()), filled.price(), filled.cashEffect()));
        } else if (notice instanceof Return.OrderRejected rejected) {
            return Optional.of("* order %s ended: %s: %s"
                    .formatted(
                            rejected.traded().orderId(),
                            traded(rejected.traded()),
                            rejected.refusal().text()));
        } else if (notice instanceof Return.MoveToWorker move) {
            return Optional.of("* " + move.refusal().text());
        } else if (notice instanceof Return.Closing closing) {
            return Optional.of("* " + closing.refusal().text());
        }
        return Optional.empty();
    }

    static String text(ClientOptions.Moved moved) {
        return "* moved to " + moved.to() + " (" + moved.reason() + ")"
                + (moved.sessionKept() ? "" : "; the session has ended: use 'login' again");
    }

    private static String traded(Return.Traded traded) {
        return traded.side().name().toLowerCase(Locale.ROOT) + " " + traded.quantity() + " " + traded.symbol();
    }
}
