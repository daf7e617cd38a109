package org.papertrader.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The command line, read.
 *
 * @param task what to do
 * @param data directory of everything that this installation writes, absolute
 * @param conf directory of the operator's configuration files, absolute
 * @param shell whether the interactive shell runs on this terminal
 * @param overrides operator values in the form {@code pid:key=value}, in the order given
 */
record Options(Task task, Path data, Path conf, boolean shell, List<String> overrides) {

    /** What the command line asks for. */
    enum Task {
        RUN,
        /** Come up, let the JVM learn the classes, stop. */
        PREPARE,
        HELP,
        VERSION
    }

    Options {
        overrides = List.copyOf(overrides);
    }

    /**
     * Reads the arguments.
     *
     * @throws LaunchException naming the argument that is wrong
     */
    static Options parse(List<String> arguments) throws LaunchException {
        Parser parser = new Parser();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            parser.accept(rest.next(), rest);
        }
        return parser.options();
    }

    static String help(String program) {
        return """
            Usage: %s [options]
                   %<s health [options]     how the running program is

              --data DIR           everything this program writes: framework cache,
                                   database, logs, conf/ (default: ./data)
              --conf DIR           the operator's configuration files (default: DATA/conf)
              --set PID:KEY=VALUE  operator value above all files; may be repeated
              --shell              run the Felix shell on this terminal
              --no-shell           no shell (default)
              --prepare            start once on data that is thrown away, and keep what the
                                   JVM learns in lib/: later starts are faster
              --version            print the version and exit
              --help               print this and exit

            Environment: JAVA_HOME, JAVA_OPTS (added after the built-in JVM options).
            Exit codes: 0 stopped in order, 1 start failed, 2 wrong arguments,
            3 data directory in use, 4 cannot work (the reason is one line on stderr).
            """.formatted(program);
    }

    private static final class Parser {
        private Task task = Task.RUN;
        private Path data = Path.of("data");
        private String conf = "";
        private boolean shell;
        private final List<String> overrides = new ArrayList<>();

        void accept(String argument, Iterator<String> rest) throws LaunchException {
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String name = equals < 0 ? argument : argument.substring(0, equals);
            switch (name) {
                case "--data" -> data = Path.of(value(argument, equals, rest));
                case "--conf" -> conf = value(argument, equals, rest);
                case "--set" -> overrides.add(override(value(argument, equals, rest)));
                case "--shell" -> shell = true;
                case "--no-shell" -> shell = false;
                case "--prepare" -> task = Task.PREPARE;
                case "--help", "-h" -> task = Task.HELP;
                case "--version" -> task = Task.VERSION;
                default -> throw usage("unknown argument '" + argument + "'");
            }
        }

        Options options() {
            Path home = data.toAbsolutePath().normalize();
            Path values = conf.isEmpty()
                    ? home.resolve("conf")
                    : Path.of(conf).toAbsolutePath().normalize();
            return new Options(task, home, values, shell, overrides);
        }

        private static String value(String argument, int equals, Iterator<String> rest) throws LaunchException {
            String value = equals >= 0 ? argument.substring(equals + 1) : rest.hasNext() ? rest.next() : "";
            if (value.isEmpty()) {
                throw usage("'" + argument + "' needs a value");
            }
            return value;
        }

        private static String override(String text) throws LaunchException {
            int equals = text.indexOf('=');
            int colon = text.lastIndexOf(':', equals);
            if (colon < 1 || equals - colon < 2 || text.indexOf('\n') >= 0) {
                throw usage("--set wants PID:KEY=VALUE, not '" + text + "'");
            }
            return text;
        }

        private static LaunchException usage(String line) {
            return new LaunchException(ExitCode.USAGE, line + " (try --help)");
        }
    }
}
