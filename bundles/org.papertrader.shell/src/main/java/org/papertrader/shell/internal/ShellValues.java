package org.papertrader.shell.internal;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.papertrader.shell.console.Manuals;
import org.papertrader.shell.console.Scopes;

/** What the shell's Tab key offers for bundles, components, commands and topics. */
@Component(
        service = ShellValues.class,
        property = {
            "osgi.command.scope=values",
            "osgi.command.function=bundle",
            "osgi.command.function=command",
            "osgi.command.function=topic"
        })
public final class ShellValues {
    private final BundleContext context;
    private final Manuals manuals;

    @Activate
    public ShellValues(BundleContext context) {
        this.context = context;
        this.manuals = Manuals.of(context);
    }

    /** Symbolic names of bundles. */
    public Collection<String> bundle(String... words) {
        return Arrays.stream(context.getBundles())
                .map(Bundle::getSymbolicName)
                .filter(name -> name != null && name.startsWith(last(words)))
                .sorted()
                .toList();
    }

    /** Names of commands. */
    public Collection<String> command(CommandSession session, String... words) {
        Set<String> commands = new TreeSet<>(Scopes.commands(session));
        commands.removeIf(command -> !command.startsWith(last(words)));
        return commands;
    }

    /** Names of topics. */
    public Collection<String> topic(String... words) {
        return List.copyOf(manuals.topics().keySet());
    }

    private static String last(String... words) {
        return Stream.of(words).reduce("", (before, word) -> word);
    }
}
