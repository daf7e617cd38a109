package org.papertrader.relay.internal;

import org.papertrader.log.front.LogRing;
import org.papertrader.model.WorkerStatus;

/** The log's numbers; a class of its own, which is loaded only where there is such a log. */
final class RingNumbers {
    private RingNumbers() {}

    static WorkerStatus.Log of(Object ring) {
        LogRing numbers = (LogRing) ring;
        return new WorkerStatus.Log(numbers.size(), numbers.dropped());
    }
}
