package org.papertrader.cli;

/** What the process returns. */
final class ExitCodes {
    static final int OK = 0;
    /** The server refused; its reason is on the error stream. */
    static final int REFUSED = 1;
    /** The command line was wrong. */
    static final int USAGE = 2;
    /** No connection to a server that is trusted, or it was lost. */
    static final int NO_CONNECTION = 3;
    /** Anything else. */
    static final int FAILED = 4;

    private ExitCodes() {}
}
