package org.papertrader.shell.ssh.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;
import org.papertrader.shell.console.Execution;
import org.papertrader.shell.ssh.internal.AuditLog.Who;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs in a channel, on a thread of its own that ends with the channel. */
abstract class ChannelCommand implements Command {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelCommand.class);

    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private @Nullable OutputStream err;
    private @Nullable ExitCallback exit;
    private volatile @Nullable Thread thread;

    /** Does the work; answers the exit code. */
    abstract int run(Streams streams, Environment environment, Who who) throws IOException;

    /** The three streams of a channel. */
    record Streams(InputStream in, OutputStream out, OutputStream err) {}

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        Streams streams =
                new Streams(Objects.requireNonNull(in), Objects.requireNonNull(out), Objects.requireNonNull(err));
        ExitCallback callback = Objects.requireNonNull(exit);
        Who who = Connections.who(channel.getSession());
        Thread worker = new Thread(
                () -> callback.onExit(result(streams, environment, who)), "papertrader-ssh-" + who.connection());
        worker.setDaemon(true);
        // Libraries that find no context loader use their own, which is right in a framework.
        worker.setContextClassLoader(null);
        thread = worker;
        worker.start();
    }

    @Override
    public void destroy(ChannelSession channel) {
        Thread worker = thread;
        if (worker != null) {
            worker.interrupt();
        }
    }

    private int result(Streams streams, Environment environment, Who who) {
        try {
            return run(streams, environment, who);
        } catch (IOException | RuntimeException e) {
            // The other end left, mostly; in any case there is nobody else to tell.
            LOG.debug("a shell over SSH ended early", e);
            return Execution.FAILED;
        }
    }
}
