package org.papertrader.itests.platform;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.ClientOptions;
import org.papertrader.client.ConnectionLostException;
import org.papertrader.client.RefusedException;
import org.papertrader.client.ServerTrust;
import org.papertrader.model.ReasonCode;

/** In the container: a client's connection to one port, which either must last or is taken up again. Thread-safe. */
final class Line implements AutoCloseable {

    private static final ClientOptions OPTIONS = ClientOptions.defaults().withTrust(ServerTrust.plaintext());
    /** Less than whoever counts requests waits for the next, so that it is this that tells what is wrong. */
    private static final Duration RETURN_MAX = Duration.ofSeconds(60);
    /** What a server says while it, or what is behind it, comes back: ask again. */
    private static final Set<ReasonCode> PASSING = Set.of(
            ReasonCode.UNAVAILABLE,
            ReasonCode.MASTER_UNAVAILABLE,
            ReasonCode.OUTCOME_UNKNOWN,
            ReasonCode.SHUTTING_DOWN);

    private final int port;
    private final boolean returning;
    private BlockingTraderClient client;

    private Line(int port, boolean returning) {
        this.port = port;
        this.returning = returning;
        this.client = connect();
    }

    /** One on which every request must be answered. */
    static Line lasting(int port) {
        return new Line(port, false);
    }

    /** One that is taken up again when it breaks, and on which a request is made again until it is answered. */
    static Line returning(int port) {
        return new Line(port, true);
    }

    <R> R ask(Function<BlockingTraderClient, R> request) {
        if (!returning) {
            return request.apply(client());
        }
        return await().atMost(RETURN_MAX)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsMatching(Line::isPassing)
                .until(() -> request.apply(standing()), Objects::nonNull);
    }

    boolean isOpen() {
        return client().async().isOpen();
    }

    private synchronized BlockingTraderClient client() {
        return client;
    }

    private synchronized BlockingTraderClient standing() {
        if (!isOpen()) {
            BlockingTraderClient next = connect();
            if (!client.session().isNone()) {
                next.resume(client.session());
            }
            client = next;
        }
        return client;
    }

    private BlockingTraderClient connect() {
        return BlockingTraderClient.connect("127.0.0.1", port, OPTIONS);
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof ConnectionLostException
                || (failure instanceof RefusedException refused
                        && PASSING.contains(refused.refusal().code()));
    }

    @Override
    public synchronized void close() {
        client.close();
    }
}
