package org.papertrader.client;

import java.time.Duration;
import java.util.function.Consumer;
import org.papertrader.protocol.api.Return;

/**
 * How a client behaves.
 *
 * @param connectTimeout how long connecting may take
 * @param requestTimeout how long an answer may take; then the call fails with a {@link java.util.concurrent.TimeoutException}
 * @param notices hears of notices (orders filled or rejected, moving, closing), on the connection's reader thread
 * @param progress hears of each packet of a transfer, on the connection's reader thread
 * @param trust by what to know the server that is connected to
 */
public record ClientOptions(
        Duration connectTimeout,
        Duration requestTimeout,
        Consumer<Return> notices,
        TransferProgress progress,
        ServerTrust trust) {

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
     * 5 s to connect, 30 s for an answer, nobody listens to notices or progress, and an authority of the Java runtime must
     * vouch for the server.
     */
    public static ClientOptions defaults() {
        return new ClientOptions(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                notice -> {},
                (instruction, received, max) -> {},
                ServerTrust.authority());
    }

    /** The same with this trust. */
    public ClientOptions withTrust(ServerTrust newTrust) {
        return new ClientOptions(connectTimeout, requestTimeout, notices, progress, newTrust);
    }

    /** The same with this listener of notices. */
    public ClientOptions withNotices(Consumer<Return> listener) {
        return new ClientOptions(connectTimeout, requestTimeout, listener, progress, trust);
    }

    /** The same with this listener of progress. */
    public ClientOptions withProgress(TransferProgress listener) {
        return new ClientOptions(connectTimeout, requestTimeout, notices, listener, trust);
    }

    /** The same with this limit for answers. */
    public ClientOptions withRequestTimeout(Duration timeout) {
        return new ClientOptions(connectTimeout, timeout, notices, progress, trust);
    }
}
