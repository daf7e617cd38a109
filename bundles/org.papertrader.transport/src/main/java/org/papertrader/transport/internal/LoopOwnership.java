package org.papertrader.transport.internal;

import io.netty.util.concurrent.EventExecutor;

/** Makes visible that state belongs to one event loop, so that it needs no lock. */
final class LoopOwnership {
    private LoopOwnership() {}

    /** Throws {@link IllegalStateException} on any thread but the loop's own. */
    static void require(EventExecutor loop) {
        if (!loop.inEventLoop()) {
            throw new IllegalStateException(
                    "called on " + Thread.currentThread().getName() + ", not on the connection's event loop");
        }
    }
}
