package org.papertrader.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.papertrader.client.UntrustedServerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command-line client. */
@Command(
        name = "papertrader client",
        description = "Trade with fake money at real prices. Without a command: interactive.",
        sortOptions = false,
        footer = {"", "Exit codes: 0 done, 1 refused, 2 wrong command line, 3 no connection, 4 other faults."},
        subcommands = {
            AccountCommands.Register.class,
            AccountCommands.Login.class,
            AccountCommands.Logout.class,
            AccountCommands.User.class,
            MarketCommands.Assets.class,
            MarketCommands.Info.class,
            MarketCommands.Quote.class,
            MarketCommands.History.class,
            MarketCommands.Predict.class,
            TradingCommands.Buy.class,
            TradingCommands.Sell.class,
            TradingCommands.Cancel.class,
            TradingCommands.Orders.class,
            TradingCommands.ShowPortfolio.class,
            TradingCommands.Transactions.class,
            TradingCommands.Watch.class,
            ServerCommands.Workers.class,
            ServerCommands.Server.class,
            ServerCommands.Ping.class,
            DemoCommand.class
        })
public final class Main implements CommandGroup, Runnable {
    @Mixin
    private final Workspace workspace;

    @Option(names = "--help", usageHelp = true, description = "Show this help.")
    boolean help;

    Main(PrintWriter out, PrintWriter err) {
        this.workspace = new Workspace(out, err);
    }

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(args, out, err));
    }

    /** Runs a command and gives its exit code. */
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        Main main = new Main(out, err);
        try {
            return commandLine(main, out, err).execute(args);
        } finally {
            main.workspace.close();
        }
    }

    static CommandLine commandLine(CommandGroup root, PrintWriter out, PrintWriter err) {
        IFactory factory = CommandLine.defaultFactory();
        return new CommandLine(root, factory)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    err.println("papertrader: " + failure.getMessage());
                    if (failure instanceof UntrustedServerException untrusted && untrusted.isUnknown()) {
                        untrusted
                                .shown()
                                .ifPresent(shown -> err.println("papertrader: if it is: --pin " + shown
                                        + ", or --trust-on-first-use to trust whatever is shown"));
                    }
                    return Workspace.exitCode(failure);
                });
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    @Override
    public void run() {
        new InteractiveShell(workspace).run();
    }
}
