package org.papertrader.protocol.api;

import java.util.Optional;

/** The category of a message, the header's second byte (PRO-3). */
public enum MessageType {
    /** A request of the command state; its data are string arguments. */
    COMMAND(1),
    /** A request of the data transfer state, or a packet of what it asked for. */
    DATA_TRANSFER(2),
    /** A server's return or notice other than {@code data}; its data are string arguments. */
    CONTROL(3);

    private final int number;

    MessageType(int number) {
        this.number = number;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    /** The type of this number; empty for any other. */
    public static Optional<MessageType> ofNumber(int number) {
        return switch (number) {
            case 1 -> Optional.of(COMMAND);
            case 2 -> Optional.of(DATA_TRANSFER);
            case 3 -> Optional.of(CONTROL);
            default -> Optional.empty();
        };
    }
}
