package org.papertrader.link.internal;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.BusyException;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.OutcomeUnknownException;

/** Requests that wait for their reply on one link. Any thread. */
final class Outstanding {
    private final int max;
    private final long timeoutNanos;
    private final Map<Long, Pending> byCorrelation = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong correlations = new AtomicLong();
    private volatile boolean closed;

    Outstanding(int max, long timeoutNanos) {
        this.max = max;
        this.timeoutNanos = timeoutNanos;
    }

    private record Pending(CompletableFuture<LinkReply> reply, long deadline) {}

    /** A request's place, to be given back by whatever completes its reply. */
    record Place(long correlation, CompletableFuture<LinkReply> reply) {}

    /** A new place; throws {@link BusyException} when all are taken. */
    Place open() {
        if (count.incrementAndGet() > max) {
            count.decrementAndGet();
            throw new BusyException("link to the master");
        }
        Place place = new Place(correlations.incrementAndGet(), new CompletableFuture<>());
        byCorrelation.put(place.correlation(), new Pending(place.reply(), System.nanoTime() + timeoutNanos));
        if (closed) {
            fail(place.correlation(), broke());
        }
        return place;
    }

    boolean contains(long correlation) {
        return byCorrelation.containsKey(correlation);
    }

    /** A part of the reply came: the time begins anew. */
    void extend(long correlation) {
        byCorrelation.computeIfPresent(
                correlation, (key, pending) -> new Pending(pending.reply(), System.nanoTime() + timeoutNanos));
    }

    int size() {
        return count.get();
    }

    void complete(long correlation, LinkReply reply) {
        CompletableFuture<LinkReply> waiting = take(correlation);
        if (waiting != null) {
            waiting.complete(reply);
        }
    }

    void fail(long correlation, Throwable failure) {
        CompletableFuture<LinkReply> waiting = take(correlation);
        if (waiting != null) {
            waiting.completeExceptionally(failure);
        }
    }

    /** The link broke: nobody knows what became of any of them. */
    void close() {
        closed = true;
        byCorrelation.keySet().forEach(correlation -> fail(correlation, broke()));
    }

    /** Fails those that have waited too long. */
    void expire(long now) {
        byCorrelation.forEach((correlation, pending) -> {
            if (now - pending.deadline() > 0) {
                fail(correlation, new OutcomeUnknownException("the master did not reply in time"));
            }
        });
    }

    private @Nullable CompletableFuture<LinkReply> take(long correlation) {
        Pending pending = byCorrelation.remove(correlation);
        if (pending == null) {
            return null;
        }
        count.decrementAndGet();
        return pending.reply();
    }

    private static OutcomeUnknownException broke() {
        return new OutcomeUnknownException("the link to the master broke before the reply");
    }
}
