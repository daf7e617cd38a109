package org.papertrader.shell.text;

/** A command did nothing, and its message is the line that tells the operator why and what to do. */
public final class Failed extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** @param line for the operator: one line, without a full stop */
    public Failed(String line) {
        super(line);
    }

    /** What a shell prints of a failed command; the name of a class says nothing to an operator. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // the message is right already, it is the prefix that must go
    public String toString() {
        return String.valueOf(getMessage());
    }
}
