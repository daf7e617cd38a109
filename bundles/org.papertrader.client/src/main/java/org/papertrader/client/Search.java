package org.papertrader.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;

/**
 * Looks for a connection to go on with, one attempt after the other with a pause that grows and is jittered, and takes the
 * session up there. It ends when one is found, or when nobody waits for it and as much time has passed as an answer may
 * take. Works on the client's own thread. Thread-safe.
 */
final class Search implements AutoCloseable {
    private static final long PAUSE_MIN_MILLIS = 100;
    private static final long PAUSE_MAX_MILLIS = 2_000;
    private static final int PATIENCE_DOUBLINGS_MAX = 2;
    private static final Duration STEADY = Duration.ofSeconds(5);

    private final Route route;
    private final ClientOptions options;
    private final Requests requests;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "papertrader-client");
        made.setDaemon(true);
        return made;
    });
    private boolean running;
    private long begun;
    private long found;
    private boolean foundOne;
    private int flaps;
    private int failures;
    private String reason = "";
    private @Nullable RuntimeException lastFailure;
    // Of the client's own thread alone.
    private boolean sessionKept;

    Search(Route route, ClientOptions options, Requests requests) {
        this.route = route;
        this.options = options;
        this.requests = requests;
    }

    /** The first connection, made by the caller's thread; throws as {@link Route#take} does. */
    void first() {
        route.take(null, false, this::attempt);
    }

    /** Begins, unless it goes on already. A connection that did not last makes the next one wait. */
    synchronized void begin(String why) {
        if (!running) {
            running = true;
            reason = why;
            begun = System.nanoTime();
            flaps = foundOne && begun - found < STEADY.toNanos() ? flaps + 1 : 0;
            foundOne = false;
            failures = flaps;
            later(pause(failures), this::look);
        }
    }

    /** There is a connection. */
    synchronized void found() {
        running = false;
        foundOne = true;
        found = System.nanoTime();
        lastFailure = null;
    }

    /** There is none, and nobody waits for one. */
    synchronized void givenUp() {
        running = false;
    }

    /** Why a request waited in vain. */
    synchronized ConnectionLostException failure(Call call) {
        RuntimeException last = lastFailure;
        return new ConnectionLostException(
                "no worker could be had in time"
                        + (call.isRepeated() ? ", and what became of the request is not known" : "; nothing was done")
                        + (last == null ? "" : ": " + last.getMessage()),
                last);
    }

    /** Runs something on the client's own thread, unless the client is closed by then. */
    void later(Duration pause, Runnable task) {
        try {
            thread.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The client was closed, which has ended everything.
            return;
        }
    }

    /** Runs something again and again on the client's own thread. */
    void every(Duration pause, Runnable task) {
        thread.scheduleWithFixedDelay(task, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        ServerAddress from = requests.latest().server();
        String why;
        boolean again;
        synchronized (this) {
            why = reason;
            again = failures > flaps;
        }
        sessionKept = true;
        Connection to;
        try {
            to = route.take(from, again, this::attempt);
        } catch (RuntimeException e) {
            // Whatever it is, what waits must hear of it, and the next attempt may go well.
            failed(e);
            return;
        }
        options.moves().accept(new ClientOptions.Moved(from, to.server(), why, sessionKept));
    }

    private void failed(RuntimeException failure) {
        boolean late;
        Duration pause;
        synchronized (this) {
            lastFailure = failure;
            failures++;
            late = System.nanoTime() - begun > options.requestTimeout().toNanos();
            pause = pause(failures);
        }
        if (!late || !requests.giveUp()) {
            later(pause, this::look);
        }
    }

    private static Duration pause(int failures) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        long most = Math.min(PAUSE_MAX_MILLIS, PAUSE_MIN_MILLIS << Math.min(failures - 1, 10));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }

    /** A server that many come to at once needs longer, and all the longer the more of them give up and come again. */
    private synchronized Duration patience() {
        return options.connectTimeout().multipliedBy(1L << Math.min(failures, PATIENCE_DOUBLINGS_MAX));
    }

    private Connection attempt(ServerAddress server, ServerTrust trust) {
        if (requests.isClosed()) {
            throw new ConnectionLostException("the client was closed", null);
        }
        Duration patience = patience();
        Connection fresh = Connection.open(server, trust, patience, options, requests);
        try {
            Standing told;
            do {
                told = route.isRoaming() ? introduce(fresh, patience) : Standing.NONE;
            } while (!requests.settle(fresh, told));
            return fresh;
        } catch (RuntimeException e) {
            // Whatever it is, nobody else knows of this connection.
            fresh.close();
            throw e;
        }
    }

    /** Takes up the session, or at least sees that the server answers. */
    private Standing introduce(Connection fresh, Duration patience) {
        Standing wanted = requests.standing();
        if (wanted.session().isNone()) {
            ask(fresh, SessionId.NONE, new Request.Ping(), patience);
            return wanted;
        }
        Return answer = ask(fresh, wanted.session(), new Request.ResumeSession(), patience);
        if (answer instanceof Return.SessionGranted && wanted.subscribed()) {
            answer = ask(fresh, wanted.session(), new Request.Subscribe(), patience);
        }
        if (!(answer instanceof Return.Fail fail)) {
            return wanted;
        } else if (!Call.isEnd(fail)) {
            throw new ConnectionLostException(
                    fresh.server() + " does not take up the session: " + fail.refusal(), null);
        }
        sessionKept = false;
        requests.sessionEnded(wanted);
        return Standing.NONE;
    }

    private Return ask(Connection fresh, SessionId session, Request request, Duration patience) {
        CompletableFuture<Connection.Reply> reply = new CompletableFuture<>();
        try {
            if (fresh.send(session, request, reply)
                    && reply.get(patience.toMillis(), TimeUnit.MILLISECONDS)
                            instanceof Connection.Reply.Answer answer) {
                return answer.value();
            }
            throw new ConnectionLostException(fresh.server() + " ended the connection: " + fresh.endText(), null);
        } catch (ExecutionException e) {
            throw new ConnectionLostException(fresh.server() + " ended the connection: " + fresh.endText(), e);
        } catch (TimeoutException e) {
            throw new ConnectionLostException(fresh.server() + " did not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionLostException("the client was closed", e);
        }
    }
}
