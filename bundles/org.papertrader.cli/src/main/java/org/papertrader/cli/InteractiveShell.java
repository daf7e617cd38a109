package org.papertrader.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.shell.jline3.PicocliJLineCompleter;

/** The interactive mode: the same commands on one connection, with completion and history, until {@code exit}. */
final class InteractiveShell {
    private final Workspace workspace;

    InteractiveShell(Workspace workspace) {
        this.workspace = workspace;
    }

    /** The same commands, without those that make no sense inside. */
    @Command(
            name = "",
            description = "Commands; 'COMMAND --help' tells more of one, 'exit' ends.",
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
                CommandLine.HelpCommand.class
            })
    record Root(Workspace workspace) implements CommandGroup {}

    void run() {
        try (Terminal terminal = TerminalBuilder.builder().build()) {
            PrintWriter out = terminal.writer();
            CommandLine commands = Main.commandLine(new Root(workspace), out, out);
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .completer(new PicocliJLineCompleter(commands.getCommandSpec()))
                    .parser(new DefaultParser())
                    .variable(LineReader.HISTORY_FILE, history())
                    .build();
            out.println("PaperTrader: 'help' lists the commands, Tab completes, 'exit' ends.");
            while (next(reader, commands)) {
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the terminal cannot be used", e);
        }
    }

    private boolean next(LineReader reader, CommandLine commands) {
        try {
            reader.readLine(prompt());
            ParsedLine line = reader.getParsedLine();
            if (line.line().isBlank()) {
                return true;
            } else if (line.words().get(0).equals("exit") || line.words().get(0).equals("quit")) {
                return false;
            }
            commands.execute(
                    line.words().stream().filter(word -> !word.isEmpty()).toArray(String[]::new));
            return true;
        } catch (UserInterruptException e) {
            return true;
        } catch (EndOfFileException e) {
            return false;
        }
    }

    private String prompt() {
        return workspace.userText().isEmpty() ? "papertrader> " : workspace.userText() + "@papertrader> ";
    }

    private Path history() {
        return workspace.sessionFile.toAbsolutePath().resolveSibling("history");
    }
}
