package org.papertrader.launcher;

/** What the command {@code health} tells its caller; monitoring plugins use the same numbers. */
final class HealthExit {
    /** Added to what the process ends with: a JVM that cannot start ends with 1, which must not pass for an answer. */
    static final int TOLD = 10;
    /** All is well. */
    static final int OK = 0;
    /** It serves, and something wants attention. */
    static final int DEGRADED = 1;
    /** It does not serve, or not all that it should. */
    static final int CRITICAL = 2;
    /** It does not run, or does not answer. */
    static final int UNKNOWN = 3;

    private HealthExit() {}

    /** For the name of a status. */
    static int of(String status) {
        return switch (status) {
            case "OK" -> OK;
            case "WARN" -> DEGRADED;
            default -> CRITICAL;
        };
    }
}
