package org.papertrader.workermanagement.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.papertrader.model.WorkerStatus;

/**
 * What a worker answered last and what its answers tell of its clock. An answer that was quick is off by little: of the
 * last ones the quickest counts, so that a busy moment does not look like a wrong clock. Immutable.
 *
 * @param at when the last answer came, by the master's clock
 * @param samples the last answers, the newest last
 */
record Measured(Instant at, WorkerStatus status, List<Sample> samples) {
    /** Answers that are looked at. */
    static final int SAMPLES = 8;

    /** How long an answer took, and how far ahead the worker's clock then was. */
    record Sample(Duration roundTrip, Duration offset) {
        static Sample of(Instant asked, Instant answered, WorkerStatus status) {
            Duration roundTrip = Duration.between(asked, answered);
            return new Sample(roundTrip, Duration.between(asked.plus(roundTrip.dividedBy(2)), status.told()));
        }
    }

    static Measured first(Instant asked, Instant answered, WorkerStatus status) {
        return new Measured(answered, status, List.of(Sample.of(asked, answered, status)));
    }

    Measured next(Instant asked, Instant answered, WorkerStatus later) {
        List<Sample> all = Stream.concat(samples.stream(), Stream.of(Sample.of(asked, answered, later)))
                .toList();
        return new Measured(answered, later, all.subList(Math.max(0, all.size() - SAMPLES), all.size()));
    }

    /** The quickest of the last round trips. */
    Duration roundTrip() {
        return best().roundTrip();
    }

    /** How far the worker's clock is ahead of the master's; off by half of the round trip at most. */
    Duration offset() {
        return best().offset();
    }

    private Sample best() {
        return Collections.min(samples, Comparator.comparing(Sample::roundTrip));
    }
}
