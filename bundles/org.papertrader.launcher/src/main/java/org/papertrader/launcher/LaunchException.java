package org.papertrader.launcher;

/** The program cannot start, for a reason that one line explains. */
final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    LaunchException(int exitCode, String line) {
        super(line);
        this.exitCode = exitCode;
    }

    LaunchException(int exitCode, String line, Throwable cause) {
        super(line, cause);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }

    /** The line for the person at the terminal; never null. */
    String line() {
        return String.valueOf(getMessage());
    }
}
