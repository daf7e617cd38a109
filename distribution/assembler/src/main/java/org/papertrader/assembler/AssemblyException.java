package org.papertrader.assembler;

/** A distribution cannot be made of its features; the message says what to change. */
final class AssemblyException extends Exception {
    private static final long serialVersionUID = 1L;

    AssemblyException(String message) {
        super(message);
    }
}
