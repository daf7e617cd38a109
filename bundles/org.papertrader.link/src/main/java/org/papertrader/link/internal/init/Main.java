package org.papertrader.link.internal.init;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code papertrader-master init} and {@code papertrader-worker init}. */
public final class Main {
    static final int DONE = 0;
    static final int USAGE = 2;
    static final int FAILED = 4;

    private static final PrintStream OUT = System.out;
    private static final PrintStream ERR = System.err;

    private Main() {}

    /**
     * Sets up one side; the process exits with 0, 2 (command line) or 4 (not done).
     *
     * @param arguments the role, {@code init}, and what {@code --help} lists
     */
    public static void main(String[] arguments) {
        Path home = Path.of(System.getProperty("papertrader.home", "."));
        System.exit(run(home, List.of(arguments), OUT, ERR));
    }

    static int run(Path home, List<String> arguments, PrintStream out, PrintStream err) {
        String role = arguments.isEmpty() ? "" : arguments.get(0);
        try {
            Options options = Options.parse(role, arguments.subList(Math.min(2, arguments.size()), arguments.size()));
            if (options.help()) {
                out.print(Options.help(role));
            } else {
                Setup setup = new Setup(options, home);
                out.print(role.equals("master") ? setup.master() : setup.worker());
            }
            return DONE;
        } catch (UsageException e) {
            err.println("papertrader: " + e.getMessage());
            return USAGE;
        } catch (Setup.NotDoneException e) {
            err.println("papertrader: " + e.getMessage());
            return FAILED;
        } catch (IOException e) {
            err.println("papertrader: " + e);
            return FAILED;
        }
    }

    /** A command line that cannot be understood. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String text) {
            super(text + "; see --help");
        }
    }
}
