package org.papertrader.storage.h2.internal;

/** A command cannot do what it is told; the message is one line for the operator. */
final class StorageCommandException extends Exception {
    private static final long serialVersionUID = 1L;

    StorageCommandException(String line) {
        super(line);
    }

    /** What the shell prints of a failed command; the name of the class says nothing to an operator. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // the message is right already, it is the prefix that must go
    public String toString() {
        return String.valueOf(getMessage());
    }
}
