package org.papertrader.launcher;

/** What the process tells its caller when it ends. */
final class ExitCode {
    /** Stopped in order, by a signal, by the shell, or nothing to do ({@code --help}). */
    static final int STOPPED = 0;
    /** The framework or one of its first bundles did not start. */
    static final int START_FAILED = 1;
    /** The command line cannot be understood. */
    static final int USAGE = 2;
    /** Another PaperTrader runs on the same data directory. */
    static final int DATA_IN_USE = 3;
    /** A bundle reported that the program cannot do its work, such as a port in use. */
    static final int FATAL = 4;

    private ExitCode() {}
}
