package org.papertrader.link.internal;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.papertrader.gate.Edge;

/** The edge of a link: what finds no codec, or no router, waits here. */
final class LinkEdge {
    /** Records that may wait at a time. */
    static final int PARKED_MAX = 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private LinkEdge() {}

    static Edge on(ScheduledExecutorService timer) {
        return new Edge(PARKED_MAX, PATIENCE, timer);
    }
}
