package org.papertrader.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.ClientOptions;
import org.papertrader.client.ConnectionLostException;
import org.papertrader.client.RefusedException;
import org.papertrader.client.TraderClient;
import org.papertrader.client.UntrustedServerException;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.UserName;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.api.Return;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What all commands share: where the server is, how to show things, the kept session, and one client that connects when
 * first needed. In the interactive mode it lives as long as the shell does, at one worker after the other.
 */
final class Workspace implements AutoCloseable {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--json", description = "Print JSON for programs; all numbers as exact text.")
    boolean json;

    @Option(
            names = "--session-file",
            paramLabel = "FILE",
            description = "Where the session is kept, mode 0600 (default: in your state directory).")
    Path sessionFile = SessionFile.defaultPath();

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "For an answer (default: ${DEFAULT-VALUE}).")
    int timeoutSeconds = 30;

    private final PrintWriter out;
    private final PrintWriter err;
    private @Nullable BlockingTraderClient client;
    private volatile @Nullable UserName user;
    private volatile boolean resumed;

    Workspace(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    Output output() {
        return new Output(out, json);
    }

    PrintWriter out() {
        return out;
    }

    SessionFile sessions() {
        return new SessionFile(sessionFile);
    }

    /** A connection, with or without session. */
    BlockingTraderClient client() {
        BlockingTraderClient open = client;
        if (open == null || !open.async().isOpen()) {
            open = server.connect(options().withNotices(this::notice).withMoves(this::moved), sessions(), err);
            client = open;
            resumed = false;
        }
        return open;
    }

    /** The workers that the master lists, or the worker that was named. */
    List<WorkerServer> workers() {
        return server.workers(options(), sessions(), err);
    }

    private ClientOptions options() {
        return ClientOptions.defaults().withRequestTimeout(Duration.ofSeconds(timeoutSeconds));
    }

    /** A connection with the kept session; refused with noSession when there is none. */
    BlockingTraderClient loggedIn() {
        BlockingTraderClient open = client();
        if (!resumed) {
            SessionFile.Kept kept = sessions()
                    .read()
                    .orElseThrow(() -> new RefusedException(
                            Refusal.of(ReasonCode.NO_SESSION, "Not logged in: use 'login' first.")));
            try {
                Return.SessionGranted granted = open.resume(kept.session());
                granted(granted);
            } catch (RefusedException e) {
                if (e.refusal().code() == ReasonCode.NO_SESSION) {
                    sessions().delete();
                    throw new RefusedException(
                            Refusal.of(ReasonCode.NO_SESSION, "The kept session has ended: use 'login' again."));
                }
                throw e;
            }
        }
        return open;
    }

    /** The user of the session; call {@link #loggedIn} first. */
    UserName user() {
        UserName known = user;
        if (known == null) {
            throw new IllegalStateException("not logged in");
        }
        return known;
    }

    /** Keeps the session, with the worker that will be asked first by the next command. */
    void granted(Return.SessionGranted granted) {
        TraderClient worker = client().async();
        sessions()
                .write(new SessionFile.Kept(
                        granted.userName(),
                        granted.sessionId(),
                        worker.certificate().map(shown -> new SessionFile.Server(worker.server(), shown))));
        user = granted.userName();
        resumed = true;
    }

    void loggedOut() {
        sessions().delete();
        user = null;
        resumed = false;
    }

    /** The user's name for a prompt, or an empty text. */
    String userText() {
        UserName known = user;
        return known == null ? "" : known.value();
    }

    private void notice(Return notice) {
        Notices.text(notice).ifPresent(text -> {
            if (!json) {
                out.println(text);
                out.flush();
            }
        });
    }

    private void moved(ClientOptions.Moved moved) {
        if (!moved.sessionKept()) {
            resumed = false;
        }
        if (!json) {
            out.println(Notices.text(moved));
            out.flush();
        }
    }

    @Override
    public void close() {
        BlockingTraderClient open = client;
        if (open != null) {
            open.close();
        }
    }

    /** The exit code of a failure; its text goes to the error stream. */
    static int exitCode(Throwable failure) {
        if (failure instanceof RefusedException) {
            return ExitCodes.REFUSED;
        }
        return failure instanceof ConnectionLostException || failure instanceof UntrustedServerException
                ? ExitCodes.NO_CONNECTION
                : ExitCodes.FAILED;
    }
}
