package org.papertrader.transport.internal;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts who is there, in all and from each address. Any thread. */
final class Headcount {
    private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();

    /** Counts one in; false, and not counted, when it is one too many. */
    boolean enter(InetAddress address, int max, int perAddressMax) {
        if (all.incrementAndGet() > max) {
            all.decrementAndGet();
            return false;
        }
        if (byAddress.merge(address, 1, Integer::sum) > perAddressMax) {
            leave(address);
            return false;
        }
        return true;
    }

    /** Counts one out that was counted in. */
    void leave(InetAddress address) {
        byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        all.decrementAndGet();
    }

    int count() {
        return all.get();
    }
}
