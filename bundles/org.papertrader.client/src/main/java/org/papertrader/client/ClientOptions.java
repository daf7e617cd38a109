package org.papertrader.client;

import java.time.Duration;
import java.util.function.Consumer;
import org.papertrader.protocol.api.Return;

/**
 * How a client behaves.
 *
 * @param connectTimeout how long connecting may take; up to four times as long when no server could be had before
 * @param requestTimeout how long an answer may take; then the call fails with a {@link java.util.concurrent.TimeoutException}
 * @param notices hears of notices, each once, on a connection's reader thread: orders filled or rejected, workers, and
 *     from the one server of a client that does not move, moving and closing
 * @param moves hears that a client of several workers goes on at another one, on a thread of the client's own
 * @param progress hears of each packet of a transfer, on the connection's reader thread
 * @param trust by what to know the server that is connected to
 * @param measuring how long a client of several workers may measure which of them are near; zero: the first one of the
 *     list is taken
 */
public record ClientOptions(
        Duration connectTimeout,
        Duration requestTimeout,
        Consumer<Return> notices,
        Consumer<Moved> moves,
        TransferProgress progress,
        ServerTrust trust,
        Duration measuring) {

    /**
     * The client goes on at another worker, or on another connection to the same one.
     *
     * @param from where it was
     * @param to where it is
     * @param reason why, for people
     * @param sessionKept false when the session had ended meanwhile, which takes a new login
     */
    public record Moved(ServerAddress from, ServerAddress to, String reason, boolean sessionKept) {}

    /** Hears how far a transfer is (PRO-11). */
    @FunctionalInterface
    public interface TransferProgress {
        /**
         * A packet came.
         *
         * @param instruction what was asked for, by its name in the protocol
         * @param received packets so far, 1 and up
         * @param max packets in all
         */
        void packet(String instruction, long received, long max);
    }

    /**
     * 5 s to connect, 30 s for an answer, half a second to find near workers, nobody listens, and an authority of the Java
     * runtime must vouch for the server.
     */
    public static ClientOptions defaults() {
        return new ClientOptions(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                notice -> {},
                moved -> {},
                (instruction, received, max) -> {},
                ServerTrust.authority(),
                Duration.ofMillis(500));
    }

    /** The same with this trust. */
    public ClientOptions withTrust(ServerTrust newTrust) {
        return new ClientOptions(connectTimeout, requestTimeout, notices, moves, progress, newTrust, measuring);
    }

    /** The same with this listener of notices. */
    public ClientOptions withNotices(Consumer<Return> listener) {
        return new ClientOptions(connectTimeout, requestTimeout, listener, moves, progress, trust, measuring);
    }

    /** The same with this listener of moves. */
    public ClientOptions withMoves(Consumer<Moved> listener) {
        return new ClientOptions(connectTimeout, requestTimeout, notices, listener, progress, trust, measuring);
    }

    /** The same with this listener of progress. */
    public ClientOptions withProgress(TransferProgress listener) {
        return new ClientOptions(connectTimeout, requestTimeout, notices, moves, listener, trust, measuring);
    }

    /** The same with this limit for answers. */
    public ClientOptions withRequestTimeout(Duration timeout) {
        return new ClientOptions(connectTimeout, timeout, notices, moves, progress, trust, measuring);
    }

    /** The same with this limit for measuring which workers are near. */
    public ClientOptions withMeasuring(Duration limit) {
        return new ClientOptions(connectTimeout, requestTimeout, notices, moves, progress, trust, limit);
    }
}
