package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.ClientOptions;
import org.papertrader.client.ConnectionLostException;
import org.papertrader.client.RefusedException;
import org.papertrader.client.WorkerSource;
import org.papertrader.model.ReasonCode;

/**
 * Clients who make requests of all kinds, each over a connection of its own, while bundles are swapped. What becomes of
 * each request is told to the row of the swap during which it was begun. A request without a good answer is made again,
 * orders under the name that they had.
 */
final class SwapLoad implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofMillis(20);
    /** So many rounds of each client after a swap: the one that was under way, and a whole one. */
    private static final int ROUNDS_AFTER = 2;

    /** What a server says while it, or what is behind it, comes back. */
    private static final Set<ReasonCode> PASSING = Set.of(
            ReasonCode.UNAVAILABLE,
            ReasonCode.MASTER_UNAVAILABLE,
            ReasonCode.OUTCOME_UNKNOWN,
            ReasonCode.SHUTTING_DOWN,
            ReasonCode.SOURCE_UNAVAILABLE,
            ReasonCode.BUSY);

    final WorkerSource source;
    final ClientOptions options;
    private final Duration returnLimit;
    private final List<SwapClient> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile SwapRow row;

    /** One who makes requests. */
    interface SwapClient extends AutoCloseable {
        /** Some requests of all of its kinds. */
        void round() throws InterruptedException;

        /** How many rounds are done. */
        long rounds();

        /** No acknowledged order is lost or doubled, and money is conserved. */
        void check();

        @Override
        void close();
    }

    /**
     * Makes no client yet.
     *
     * @param options trust the master
     * @param returnLimit how long a request may go without a good answer before it has failed
     * @param entering what comes before the beginning
     */
    SwapLoad(WorkerSource source, ClientOptions options, Duration returnLimit, SwapRow entering) {
        this.source = source;
        this.options = Installation.patient(options).withMoves(move -> row.dropped(move.reason()));
        this.returnLimit = returnLimit;
        this.row = entering;
    }

    /** Adds clients, and begins, for this row, once all are there. */
    void start(int traders, int visitors, SwapRow first) {
        for (int i = 0; i < traders; i++) {
            clients.add(new SwapTrader("trader" + i, this));
        }
        for (int i = 0; i < visitors; i++) {
            clients.add(new SwapVisitor("visitor" + i, this));
        }
        row = first;
        for (SwapClient client : clients) {
            Thread thread = new Thread(() -> run(client), "swap-load-" + threads.size());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** What comes from now on belongs to this row; waits for what was begun before. */
    void begin(SwapRow next) {
        row = next;
        awaitRounds();
    }

    /** Waits until each client has gone on. */
    void awaitRounds() {
        List<Long> before = clients.stream().map(SwapClient::rounds).toList();
        await("each client goes on").atMost(LIMIT).pollInterval(AGAIN).untilAsserted(() -> {
            for (int i = 0; i < before.size(); i++) {
                assertThat(clients.get(i).rounds())
                        .as(row::examples)
                        .isGreaterThanOrEqualTo(before.get(i) + ROUNDS_AFTER);
            }
        });
    }

    /** Ends it, and checks what every client was told against what there is. */
    void stopAndCheck() throws InterruptedException {
        stop.countDown();
        for (Thread thread : threads) {
            thread.join(LIMIT.toMillis());
            assertThat(thread.isAlive()).as("a request that is under way ends").isFalse();
        }
        clients.forEach(SwapClient::check);
    }

    /** Makes an account, even if it takes more than one attempt. */
    void register(BlockingTraderClient client, String name, String password) {
        ask(() -> {
            try {
                return client.register(name, name + "@example.org", password);
            } catch (RefusedException e) {
                if (e.refusal().code() != ReasonCode.USER_NAME_TAKEN) {
                    throw e;
                }
                return e;
            }
        });
    }

    /** Makes a request until it has a good answer, or nobody would wait any longer; then it fails as the last time. */
    <R> R ask(Supplier<R> request) {
        SwapRow mine = row;
        long begun = System.nanoTime();
        while (true) {
            try {
                R answer = request.get();
                mine.served(System.nanoTime() - begun);
                return answer;
            } catch (RefusedException | ConnectionLostException e) {
                if (!isPassing(e)) {
                    throw e;
                }
                mine.interrupted(e.toString());
                if (System.nanoTime() - begun > returnLimit.toNanos()) {
                    throw e;
                }
                LockSupport.parkNanos(AGAIN.toNanos());
            }
        }
    }

    /** A client does nothing for a while, less when the load ends. */
    void pause(Duration pause) throws InterruptedException {
        stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run(SwapClient client) {
        while (stop.getCount() > 0) {
            try {
                client.round();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // Whatever a request fails with is what this is about.
                row.failed(e.toString());
            }
        }
    }

    private static boolean isPassing(RuntimeException failure) {
        return failure instanceof ConnectionLostException
                || (failure instanceof RefusedException refused
                        && PASSING.contains(refused.refusal().code()));
    }

    @Override
    public void close() {
        stop.countDown();
        clients.forEach(SwapClient::close);
    }
}
