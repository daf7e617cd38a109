package org.papertrader.link.internal;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** How many handshakes are under way, of one address and of all: more are not begun. Any thread. */
final class HandshakeSlots {
    static final int PER_ADDRESS_MAX = 2;
    static final int MAX = 8;

    private final Map<InetAddress, Integer> byAddress = new HashMap<>();
    private int all;

    /** True when one more may begin; it must be given back by {@link #leave}. */
    synchronized boolean tryEnter(InetAddress address) {
        int of = byAddress.getOrDefault(address, 0);
        if (all >= MAX || of >= PER_ADDRESS_MAX) {
            return false;
        }
        all++;
        byAddress.put(address, of + 1);
        return true;
    }

    synchronized void leave(InetAddress address) {
        all--;
        byAddress.computeIfPresent(address, (key, of) -> of == 1 ? null : of - 1);
    }
}
