package org.papertrader.protocol.api;

import java.util.Optional;

/** The state of a connection, kept at both ends and never sent (PRO-5). */
public enum ConnectionState {
    /** How every connection begins. */
    COMMAND("command"),
    /** From a successful {@code switchState data} until a successful {@code switchState command}. */
    DATA_TRANSFER("data");

    private final String text;

    ConnectionState(String text) {
        this.text = text;
    }

    /** The argument of {@code switchState}. */
    public String text() {
        return text;
    }

    /** The state of this text; empty for any other. */
    public static Optional<ConnectionState> ofText(String text) {
        for (ConnectionState state : values()) {
            if (state.text.equals(text)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
