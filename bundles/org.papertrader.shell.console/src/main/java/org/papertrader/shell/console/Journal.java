package org.papertrader.shell.console;

/** Hears of each line that somebody runs. */
public interface Journal {
    /** Writes nothing down. */
    Journal NONE = new Journal() {
        @Override
        public void begins(String line) {
            // The terminal is that of who started the program.
        }

        @Override
        public void ends(String line, int code, long millis) {
            // As above.
        }
    };

    /** A line is about to be run. */
    void begins(String line);

    /** It has been run, or refused, with an exit code, after so many milliseconds. */
    void ends(String line, int code, long millis);
}
