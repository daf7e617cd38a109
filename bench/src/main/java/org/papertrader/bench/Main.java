package org.papertrader.bench;

import java.io.IOException;
import org.papertrader.client.RefusedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The measurements as commands. */
@Command(
        name = "bench/run",
        mixinStandardHelpOptions = true,
        description = "Measures PaperTrader. Each command starts what it needs on loopback, with temporary data, and"
                + " stops it again.",
        subcommands = {CachedReads.class, LogCalls.class, Orders.class, Settle.class, Start.class})
public final class Main {
    private Main() {}

    /** Runs one command. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof IOException || failure instanceof RefusedException) {
                command.getErr().println("bench: " + failure.getMessage());
                return command.getCommandSpec().exitCodeOnExecutionException();
            }
            throw failure;
        });
        System.exit(line.execute(arguments));
    }
}
