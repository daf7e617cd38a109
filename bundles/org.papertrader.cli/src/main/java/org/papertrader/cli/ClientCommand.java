package org.papertrader.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** A command that talks to a server: a report comes out, or a refusal that decides the exit code. */
abstract class ClientCommand implements Callable<Integer> {
    // Set by picocli before the command runs.
    @SuppressWarnings("NullAway")
    @ParentCommand
    private CommandGroup group;

    @Option(names = "--help", usageHelp = true, description = "Show this help.")
    boolean help;

    /** Does the work. */
    abstract Report run(Workspace workspace);

    @Override
    public Integer call() {
        Workspace workspace = group.workspace();
        workspace.output().show(run(workspace));
        return ExitCodes.OK;
    }
}
