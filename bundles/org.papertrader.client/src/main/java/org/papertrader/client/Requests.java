package org.papertrader.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;

/**
 * The requests of one client: each is answered once, over whichever connections that takes. While there is none they wait,
 * up to a bound, and go out in the order in which they came. Thread-safe; nothing is sent, and no caller is called, under
 * the lock.
 */
final class Requests implements Connection.Listener, AutoCloseable {
    /** As many as a worker lets be under way on one connection. */
    static final int WAITING_MAX = 1_024;

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    /** How often the master is asked whether a worker that has lost it is the only one. */
    private static final Duration STRANDED_AGAIN = Duration.ofSeconds(5);

    private final Route route;
    private final ClientOptions options;
    private final Search search;
    private final News news = new News();
    private final Set<Connection> left = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private final TreeMap<Long, Call> waiting = new TreeMap<>();
    private long lastNumber;
    private Standing standing = Standing.NONE;
    private @Nullable Connection current;
    private @Nullable Connection latest;
    private boolean closed;
    private long strandedAsked = System.nanoTime() - STRANDED_AGAIN.toNanos();

    private Requests(Route route, ClientOptions options) {
        this.route = route;
        this.options = options;
        this.search = new Search(route, options, this);
    }

    /** Connects; throws as {@link Route#take} does. */
    static Requests open(Route route, ClientOptions options) {
        Requests requests = new Requests(route, options);
        try {
            requests.search.first();
        } catch (RuntimeException e) {
            // Whatever it is, the thread of the search must end.
            requests.close();
            throw e;
        }
        requests.search.every(KEEP_ALIVE, requests::keepAlive);
        return requests;
    }

    /** Sends a request, now or as soon as there is a connection. */
    CompletableFuture<Connection.Reply> send(SessionId session, Request request) {
        Call call;
        synchronized (lock) {
            lastNumber++;
            call = new Call(lastNumber, session, request);
        }
        dispatch(call, null);
        return call.reply
                .orTimeout(options.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(explained(call, failure)));
    }

    SessionId session() {
        return standing().session();
    }

    Standing standing() {
        synchronized (lock) {
            return standing;
        }
    }

    /** The session has ended, unless there is another one by now. */
    void sessionEnded(Standing before) {
        synchronized (lock) {
            if (standing.equals(before)) {
                standing = Standing.NONE;
            }
        }
    }

    /** The connection that is there, or was there last. */
    Connection latest() {
        synchronized (lock) {
            if (latest == null) {
                throw new IllegalStateException("never connected");
            }
            return latest;
        }
    }

    /** False when no request can be answered any more. */
    boolean isOpen() {
        synchronized (lock) {
            return !closed && (route.isRoaming() || (current != null && current.isOpen()));
        }
    }

    boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    /**
     * Makes a connection the current one, once all that waits is sent over it; the one before ends when all is answered.
     *
     * @param told what it was told of the session
     * @return false when there is something else to tell it first
     * @throws ConnectionLostException when it cannot be used any more
     */
    boolean settle(Connection fresh, Standing told) {
        while (true) {
            Call next;
            synchronized (lock) {
                if (closed || !fresh.isOpen() || fresh.isLeaving()) {
                    throw new ConnectionLostException(fresh.server() + " ended the connection", null);
                } else if (!standing.equals(told)) {
                    return false;
                }
                Map.Entry<Long, Call> first = waiting.pollFirstEntry();
                if (first == null) {
                    retire(current);
                    current = fresh;
                    latest = fresh;
                    search.found();
                    break;
                }
                next = first.getValue();
            }
            if (!post(next, fresh)) {
                dispatch(next, fresh);
            }
        }
        left.forEach(Connection::closeWhenAnswered);
        return true;
    }

    /** Ends the search when nobody waits for it; false when somebody does. */
    boolean giveUp() {
        synchronized (lock) {
            if (waiting.isEmpty()) {
                search.givenUp();
                return true;
            }
            return false;
        }
    }

    @Override
    public void notice(Connection connection, Return notice) {
        if (notice instanceof Return.Workers list) {
            route.told(list.workers());
        }
        if (route.isRoaming() && connection.isLeaving()) {
            leave(connection, !(notice instanceof Return.MoveToWorker), connection.endText());
        } else if (news.isNew(notice)) {
            options.notices().accept(notice);
        }
    }

    @Override
    public void lost(Connection connection) {
        leave(connection, true, connection.endText());
    }

    @Override
    public void close() {
        List<Call> calls;
        Connection open;
        synchronized (lock) {
            closed = true;
            open = current;
            current = null;
            calls = List.copyOf(waiting.values());
            waiting.clear();
        }
        search.close();
        if (open != null) {
            open.close();
        }
        left.forEach(Connection::close);
        calls.forEach(call -> call.reply.completeExceptionally(closedFailure()));
    }

    /** The caller hears of the refusal; what comes later goes to a worker that has its master. */
    private void leaveIfStranded(Connection connection) {
        synchronized (lock) {
            long now = System.nanoTime();
            if (current != connection || now - strandedAsked < STRANDED_AGAIN.toNanos()) {
                return;
            }
            strandedAsked = now;
        }
        search.later(Duration.ZERO, () -> {
            if (route.isStranded(connection.server())) {
                leave(connection, true, connection.server() + " has lost the master");
            }
        });
    }

    /** Looks for another connection; the one that is left goes on meanwhile, or takes no more. */
    private void leave(Connection connection, boolean atOnce, String why) {
        synchronized (lock) {
            if (current == connection && !closed) {
                if (atOnce) {
                    retire(connection);
                    current = null;
                }
                if (route.isRoaming()) {
                    search.begin(why);
                }
            }
        }
    }

    /** What is under way may be answered yet, for as long as any answer may take. */
    private void retire(@Nullable Connection connection) {
        if (connection != null && left.add(connection)) {
            search.later(options.requestTimeout(), () -> {
                left.remove(connection);
                connection.close();
            });
        }
    }

    /** Sends it over the current connection, unless that is the one that did not do it; otherwise it waits. */
    private void dispatch(Call call, @Nullable Connection tried) {
        Connection to = place(call, tried);
        while (to != null && !post(call, to)) {
            to = place(call, to);
        }
    }

    private boolean post(Call call, Connection to) {
        CompletableFuture<Connection.Reply> reply = new CompletableFuture<>();
        boolean sent = to.send(call.session, call.request, reply);
        if (sent) {
            reply.whenComplete((value, failure) -> returned(call, to, value, failure));
        }
        return sent;
    }

    private @Nullable Connection place(Call call, @Nullable Connection tried) {
        RuntimeException failure;
        synchronized (lock) {
            Connection now = current;
            if (now != null && now != tried && (call.isRepeatable() || !now.isLeaving() || !route.isRoaming())) {
                return now;
            } else if (closed) {
                failure = closedFailure();
            } else if (call.reply.isDone()) {
                return null;
            } else if (!route.isRoaming()) {
                failure = new ConnectionLostException(latest().endText(), null);
            } else if (waiting.size() >= WAITING_MAX) {
                failure = full(call);
            } else {
                waiting.put(call.number, call);
                // What else was lost with the current connection goes out before; its end begins the search.
                if (now == null || now != tried || !now.isEnding()) {
                    search.begin("there was no connection");
                }
                return null;
            }
        }
        call.reply.completeExceptionally(failure);
        return null;
    }

    private static RuntimeException full(Call call) {
        String text = WAITING_MAX + " requests wait for a worker already";
        return call.isRepeated()
                ? new ConnectionLostException(text + "; what became of this one is not known", null)
                : new RefusedException(Refusal.of(ReasonCode.BUSY, text + "; try again shortly."));
    }

    private void returned(Call call, Connection by, Connection.@Nullable Reply reply, @Nullable Throwable failure) {
        boolean again;
        if (reply == null) {
            again = route.isRoaming() && call.isRepeatable() && !by.isOpen() && !isClosed();
        } else {
            again = route.isRoaming() && ((by.isLeaving() && call.isForAnother(reply)) || isElsewhere(call, by));
        }
        if (reply != null && route.isRoaming() && Call.isWithoutMaster(reply)) {
            leaveIfStranded(by);
        }
        if (again && !call.reply.isDone()) {
            call.repeat();
            dispatch(call, by);
        } else if (reply == null) {
            call.reply.completeExceptionally(failure);
        } else {
            if (reply instanceof Connection.Reply.Answer answer && answer.value() instanceof Return.Workers list) {
                route.told(list.workers());
            }
            synchronized (lock) {
                standing = standing.after(call, reply);
            }
            call.complete(reply);
        }
    }

    /** A connection that is left was subscribed; the notices come over another one. */
    private boolean isElsewhere(Call call, Connection by) {
        synchronized (lock) {
            return call.request instanceof Request.Subscribe && current != null && current != by;
        }
    }

    /** A request that waited in vain says why; a connection that gave no sign for half of that time is left. */
    private Throwable explained(Call call, Throwable failure) {
        if (!(failure instanceof TimeoutException)) {
            return failure;
        }
        boolean waited;
        Connection silent;
        synchronized (lock) {
            waited = waiting.remove(call.number) != null;
            silent = current;
        }
        if (waited) {
            return search.failure(call);
        } else if (route.isRoaming()
                && silent != null
                && silent.silentNanos() >= options.requestTimeout().toNanos() / 2) {
            search.later(Duration.ZERO, () -> {
                leave(silent, true, silent.endText());
                silent.close();
            });
        }
        return failure;
    }

    private void keepAlive() {
        Connection open;
        synchronized (lock) {
            open = current;
            if (open == null && route.isRoaming() && !closed) {
                search.begin("there was no connection");
            }
        }
        if (open != null && open.isOpen() && open.idleNanos() >= KEEP_ALIVE.toNanos()) {
            send(session(), new Request.Ping());
        }
    }

    private static ConnectionLostException closedFailure() {
        return new ConnectionLostException("the connection was closed", null);
    }
}
