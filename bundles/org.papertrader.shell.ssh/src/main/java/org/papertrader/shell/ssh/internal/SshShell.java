package org.papertrader.shell.ssh.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.papertrader.shell.console.Console;
import org.papertrader.shell.console.Manuals;
import org.papertrader.shell.console.Prompt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CARD-9: the Felix shell over SSH. It listens while there is a file that says who may log in, and looks for one every two
 * seconds.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.papertrader.shell.ssh")
@Designate(ocd = ShellConfig.class)
public final class SshShell {
    private static final Logger LOG = LoggerFactory.getLogger(SshShell.class);
    private static final long LOOK_MS = 2_000;
    private static final long STOP_MAX_MS = 3_000;
    private static final int CHANNELS_MAX = 8;
    private static final Duration AUTHENTICATION_MAX = Duration.ofSeconds(60);

    private final CommandProcessor processor;
    private final Manuals manuals;
    private final ShellConfig config;
    private final Credentials credentials;
    private final Collection<HealthCheck> checks = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService watch;
    private @Nullable SshServer server;
    private String trouble = "";

    @Activate
    public SshShell(BundleContext context, @Reference CommandProcessor processor, ShellConfig config) {
        this(Manuals.of(context), processor, config);
    }

    SshShell(Manuals manuals, CommandProcessor processor, ShellConfig config) {
        this.manuals = manuals;
        this.processor = processor;
        this.config = config;
        this.credentials = new Credentials(Path.of(config.authorizedKeysFile()), Path.of(config.passwordsFile()));
        this.watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "papertrader-ssh-watch");
            thread.setDaemon(true);
            return thread;
        });
        watch.scheduleWithFixedDelay(this::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindCheck(HealthCheck check) {
        checks.add(check);
    }

    void unbindCheck(HealthCheck check) {
        checks.remove(check);
    }

    @Deactivate
    void close() throws InterruptedException {
        watch.execute(this::stop);
        watch.shutdown();
        watch.awaitTermination(STOP_MAX_MS, TimeUnit.MILLISECONDS);
    }

    /** The port that it listens on; 0 while it does not. */
    synchronized int port() {
        return server == null ? 0 : server.getPort();
    }

    /** Why it cannot listen; empty when it can. */
    synchronized String trouble() {
        return trouble;
    }

    private void look() {
        boolean wanted = credentials.isAnyConfigured();
        if (wanted && port() == 0) {
            start();
        } else if (!wanted && port() != 0) {
            stop();
            LOG.info("no shell over SSH any more: there is neither of {}", credentials);
        }
    }

    private synchronized void start() {
        // The library finds its parts by its own loader. Nothing of it is loaded before it is wanted.
        Thread.currentThread().setContextClassLoader(SshServer.class.getClassLoader());
        try {
            tryPort();
            SshServer next = configured();
            next.setKeyPairProvider(HostKey.in(Path.of(config.hostKeyFile())));
            listen(next);
            server = next;
            trouble = "";
            LOG.info("shell over SSH on {} port {}", config.address(), next.getPort());
        } catch (IOException | GeneralSecurityException e) {
            String reason = e.toString();
            if (!reason.equals(trouble)) {
                LOG.error(
                        "no shell over SSH on {} port {}: {}; it is tried again",
                        config.address(),
                        config.port(),
                        reason);
            }
            trouble = reason;
        }
    }

    private static void listen(SshServer next) throws IOException {
        try {
            next.start();
        } catch (IOException e) {
            // Its threads run since before it took the port.
            next.close(true);
            throw e;
        }
    }

    /** Throws while the port is taken: the library would report each try as an error. */
    private void tryPort() throws IOException {
        try (ServerSocket port = new ServerSocket()) {
            port.bind(new InetSocketAddress(config.address(), config.port()));
        }
    }

    private synchronized void stop() {
        SshServer running = server;
        server = null;
        if (running != null) {
            try {
                running.stop(true);
            } catch (IOException e) {
                LOG.warn("the shell over SSH did not stop in order", e);
            }
        }
    }

    private SshServer configured() {
        AuditLog audit = new AuditLog(
                Path.of(config.auditFile()), config.auditBytesMax(), config.auditFilesMax(), Clock.systemUTC());
        Connections connections = new Connections(credentials, audit, config.sessionsMax());
        Prompt prompt = new Prompt(config.role(), checks);
        Optional<Path> history =
                config.historyFile().isEmpty() ? Optional.empty() : Optional.of(Path.of(config.historyFile()));
        SshServer next = SshServer.setUpDefaultServer();
        next.setHost(config.address());
        next.setPort(config.port());
        next.setPublickeyAuthenticator(connections.byKey());
        next.setPasswordAuthenticator(connections.byPassword());
        next.addSessionListener(connections);
        next.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        next.setShellFactory(
                channel -> new InteractiveCommand(new Console(processor, manuals, prompt, history), audit));
        next.setCommandFactory((channel, line) -> new ScriptedCommand(processor, manuals, audit, line));
        CoreModuleProperties.IDLE_TIMEOUT.set(next, Duration.ofMillis(config.idleTimeoutMs()));
        CoreModuleProperties.AUTH_TIMEOUT.set(next, AUTHENTICATION_MAX);
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(next, config.attemptsMax());
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(next, CHANNELS_MAX);
        CoreModuleProperties.NIO_WORKERS.set(next, 1);
        CoreModuleProperties.SERVER_IDENTIFICATION.set(next, "PaperTrader");
        return next;
    }
}
