package org.papertrader.shell.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.jline.terminal.Terminal;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.papertrader.shell.console.Console;
import org.papertrader.shell.console.Journal;
import org.papertrader.shell.console.Manuals;
import org.papertrader.shell.console.Prompt;

/**
 * CARD-9: shell command {@code console}: takes over a terminal that Felix's own shell has, which the program's start script
 * of that shell does, so that it is as over SSH.
 */
@Component(
        service = ConsoleCommand.class,
        property = {"osgi.command.scope=shell", "osgi.command.function=console"})
public final class ConsoleCommand {
    private static final String HISTORY = "shell.history";

    private final BundleContext context;
    private final CommandProcessor processor;
    private final Collection<HealthCheck> checks = new CopyOnWriteArrayList<>();
    private final Set<Console> consoles = Collections.newSetFromMap(new ConcurrentHashMap<>());

    @Activate
    public ConsoleCommand(BundleContext context, @Reference CommandProcessor processor) {
        this.context = context;
        this.processor = processor;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindCheck(HealthCheck check) {
        checks.add(check);
    }

    void unbindCheck(HealthCheck check) {
        checks.remove(check);
    }

    /** Those that go on end with the line that they run: it may be the one that replaces this bundle. */
    @Deactivate
    void close() {
        consoles.forEach(Console::end);
    }

    /** Goes on until who types says goodbye, which is true, or this bundle goes. */
    @Descriptor("takes over the terminal; 'exit' ends the program")
    public boolean console(CommandSession session) throws Exception {
        if (!(session.get(".terminal") instanceof Terminal terminal)) {
            throw new IllegalArgumentException("there is no terminal here");
        }
        Console console = new Console(
                processor,
                Manuals.of(context),
                new Prompt(property("papertrader.role").orElse("papertrader"), checks),
                property("papertrader.data").map(data -> Path.of(data, HISTORY)));
        consoles.add(console);
        try {
            converse(console, terminal);
            return !console.isEnded();
        } finally {
            consoles.remove(console);
        }
    }

    /** On a thread of its own: that of the caller has pipes of the caller's. */
    private static void converse(Console console, Terminal terminal) throws Exception {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        code.complete(console.converse(terminal, System.getProperty("user.name", ""), Journal.NONE));
                    } catch (IOException | RuntimeException e) {
                        // Whoever waits for it tells it.
                        code.completeExceptionally(e);
                    }
                },
                "papertrader-shell");
        thread.setDaemon(true);
        // Libraries that find no context loader use their own, which is right in a framework.
        thread.setContextClassLoader(null);
        thread.start();
        try {
            code.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the console ended: " + e.getCause(), e);
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
    }

    private Optional<String> property(String name) {
        return Optional.ofNullable(context.getProperty(name));
    }
}
