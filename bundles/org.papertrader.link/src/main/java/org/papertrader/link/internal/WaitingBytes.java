package org.papertrader.link.internal;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Counts the bytes that wait on all links of this end. When they are too many, the link with the most of them pays: what
 * is added to it is refused, or it is closed to make room for what is added to others. Thread-safe, never blocks.
 */
final class WaitingBytes {
    /** What went over the links; of the same end. */
    final Traffic traffic = new Traffic();

    private final long most;
    private final AtomicLong total = new AtomicLong();
    private final Set<Share> shares = ConcurrentHashMap.newKeySet();

    /** @param most bytes that may wait in all */
    WaitingBytes(long most) {
        this.most = most;
    }

    /** Bytes that wait. */
    long total() {
        return total.get();
    }

    /**
     * A link joins.
     *
     * @param close closes it, for this reason
     */
    Share join(Consumer<String> close) {
        return new Share(close);
    }

    /** The bytes of one link. */
    final class Share {
        private final Consumer<String> close;
        private long held;
        private boolean ended;

        private Share(Consumer<String> close) {
            this.close = close;
        }

        /** Bytes leave. */
        void sent(long bytes) {
            traffic.bytesSent.add(bytes);
        }

        /** Counts bytes that are about to wait; false, and this link is closed, when it has to pay. */
        boolean add(long bytes) {
            boolean added = tryAdd(bytes);
            if (!added) {
                pay();
            }
            return added;
        }

        /** Counts bytes that are about to wait; false, and they are not counted, when this link would have to pay. */
        boolean tryAdd(long bytes) {
            if (!count(bytes)) {
                return false;
            }
            while (total.get() > most) {
                Share largest = shares.stream()
                        .max(Comparator.comparingLong(Share::held))
                        .orElse(this);
                if (largest == this || largest.held() <= held()) {
                    remove(bytes);
                    return false;
                }
                largest.pay();
            }
            return true;
        }

        private synchronized boolean count(long bytes) {
            if (ended) {
                return false;
            }
            if (held == 0) {
                shares.add(this);
            }
            held += bytes;
            total.addAndGet(bytes);
            return true;
        }

        /** They wait no more. */
        synchronized void remove(long bytes) {
            if (ended) {
                return;
            }
            held -= bytes;
            total.addAndGet(-bytes);
            if (held == 0) {
                shares.remove(this);
            }
        }

        /** The link has ended: nothing of it waits any more. True the first time. */
        synchronized boolean end() {
            boolean first = !ended;
            ended = true;
            shares.remove(this);
            total.addAndGet(-held);
            held = 0;
            return first;
        }

        /** Its bytes are given back at once, so that nobody else pays while it is being closed. */
        private void pay() {
            long bytes = held();
            if (end()) {
                close.accept("it reads too slowly: " + bytes + " bytes wait for it, the most of all, and only " + most
                        + " may wait in all");
            }
        }

        private synchronized long held() {
            return held;
        }
    }
}
