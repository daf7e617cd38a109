package org.papertrader.itests.processes;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.papertrader.client.ClientOptions;
import org.papertrader.client.TraderClient;
import org.papertrader.client.WorkerSource;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.UserName;
import org.papertrader.protocol.api.Return;

/** One of a crowd: buys, and a moment after the answer buys again, until it is stopped. Needs no thread for that. */
final class CrowdTrader implements AutoCloseable {
    private static final Symbol AAPL = new Symbol("AAPL");

    private final UserName name;
    private final TraderClient client;
    private final Executor pace;
    private final Queue<OrderId> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean stopped;
    private volatile int avoided;
    private volatile long servedNanos;
    private volatile long waitedNanos;

    CrowdTrader(String name, WorkerSource source, ClientOptions options, Duration pause) {
        this.name = new UserName(name);
        this.client = TraderClient.connect(source, options);
        this.pace = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Makes its account and logs in. */
    void enter() {
        client.register(name.value(), name + "@example.org", "a password of " + name)
                .join();
        client.login(name.value(), "a password of " + name, false).join();
    }

    void start() {
        pace.execute(this::buy);
    }

    private void buy() {
        long begun = System.nanoTime();
        client.buy(AAPL, Quantity.parse("0.001"), null)
                .whenComplete((answer, failure) -> answered(begun, answer, failure));
    }

    private void answered(long begun, Return.@Nullable PurchaseSuccess answer, @Nullable Throwable failure) {
        long now = System.nanoTime();
        if (answer == null) {
            failures.add(failure);
        } else {
            acknowledged.add(answer.orderId());
            if (servedNanos == 0 && client.server().port() != avoided) {
                waitedNanos = now - begun;
                servedNanos = now;
            }
        }
        if (stopped || answer == null) {
            ended.complete(null);
        } else {
            pace.execute(this::buy);
        }
    }

    /** From now on looks out for the first answer at another worker than the one at this port. */
    void leave(int port) {
        avoided = port;
        servedNanos = 0;
    }

    /** When that came, by {@link System#nanoTime}; 0 until then. */
    long servedNanos() {
        return servedNanos;
    }

    /** How long that answer took. */
    long waitedNanos() {
        return waitedNanos;
    }

    int port() {
        return client.server().port();
    }

    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /** Completes when the last order is answered. */
    CompletableFuture<Void> stop() {
        stopped = true;
        return ended;
    }

    boolean hasOpenOrders() {
        return !client.blocking().orders(true).isEmpty();
    }

    /**
     * What became of its orders.
     *
     * @param filled that went through
     * @param lost acknowledged and not there, or there and not gone through
     * @param doubled there or gone through without an acknowledgement, or gone through more than once
     */
    record Outcome(long acknowledged, long filled, long lost, long doubled) {
        static final Outcome NONE = new Outcome(0, 0, 0, 0);

        Outcome plus(Outcome other) {
            return new Outcome(
                    acknowledged + other.acknowledged,
                    filled + other.filled,
                    lost + other.lost,
                    doubled + other.doubled);
        }
    }

    Outcome outcome() {
        Set<OrderId> wanted = new HashSet<>(acknowledged);
        List<OrderId> there =
                client.blocking().orders(false).stream().map(Order::id).toList();
        List<OrderId> filled = client.blocking().transactions(name).stream()
                .filter(line -> line.kind() == Transaction.Kind.BUY && line.outcome() == OrderStatus.FILLED)
                .map(Transaction::order)
                .toList();
        Set<OrderId> done = new HashSet<>(filled);
        done.retainAll(there);
        long lost = wanted.stream().filter(order -> !done.contains(order)).count();
        long unknown = there.stream().filter(order -> !wanted.contains(order)).count();
        return new Outcome(
                wanted.size(),
                filled.size(),
                lost,
                unknown + filled.size() - Set.copyOf(filled).size());
    }

    @Override
    public void close() {
        stopped = true;
        client.close();
    }
}
