package org.papertrader.trading.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.AccountId;
import org.papertrader.model.ClientOrderId;

/**
 * The idempotency keys of open orders and of the latest ones that ended. What is older, the storage's unique keys find.
 * Writer thread only.
 */
final class OrderKeys {
    /** Ended orders that are remembered. */
    static final int ENDED_MAX = 100_000;

    private final Map<ClientKey, KnownOrder> byClientId = new HashMap<>();
    private final Map<WorkerKey, KnownOrder> byWorker = new HashMap<>();
    private final Deque<KnownOrder> ended = new ArrayDeque<>();

    /**
     * The order that was accepted under this key. With a client's id that id decides; the worker's number counts where
     * it meets no other id, and is never used twice.
     */
    @Nullable
    KnownOrder find(AccountId account, @Nullable ClientOrderId clientOrderId, UUID worker, long sequence) {
        if (clientOrderId != null) {
            KnownOrder known = byClientId.get(new ClientKey(account.value(), clientOrderId.value()));
            if (known != null) {
                return known;
            }
        }
        return byWorker.get(new WorkerKey(worker, sequence));
    }

    void add(KnownOrder order) {
        ClientOrderId clientOrderId = order.clientOrderId();
        if (clientOrderId != null) {
            byClientId.put(new ClientKey(order.account(), clientOrderId.value()), order);
        }
        byWorker.put(new WorkerKey(order.worker(), order.sequence()), order);
    }

    /** The order ended: from now on it is remembered only as long as there is room. */
    void ended(KnownOrder order) {
        ended.addLast(order);
        if (ended.size() > ENDED_MAX) {
            remove(ended.removeFirst());
        }
    }

    /** Forgets an order that turned out not to be stored. */
    void remove(KnownOrder order) {
        ClientOrderId clientOrderId = order.clientOrderId();
        if (clientOrderId != null) {
            byClientId.remove(new ClientKey(order.account(), clientOrderId.value()), order);
        }
        byWorker.remove(new WorkerKey(order.worker(), order.sequence()), order);
    }

    int size() {
        return byWorker.size();
    }

    private record ClientKey(long account, String id) {}

    private record WorkerKey(UUID worker, long sequence) {
        @Override
        public int hashCode() {
            return Long.hashCode(worker.getLeastSignificantBits() ^ (sequence * 0x9E3779B97F4A7C15L));
        }
    }
}
