package org.papertrader.features.internal;

/** A feature, a bundle of it, or an operator's value cannot be used; the message is one line for the operator. */
final class FeatureException extends Exception {
    private static final long serialVersionUID = 1L;

    FeatureException(String line) {
        super(line);
    }

    FeatureException(String line, Throwable cause) {
        super(line, cause);
    }

    /** The line for the operator; never null. */
    String line() {
        return String.valueOf(getMessage());
    }

    /** What the shell prints of a failed command; the name of the class says nothing to an operator. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // the message is right already, it is the prefix that must go
    public String toString() {
        return line();
    }
}
