package org.papertrader.health.internal;

import java.time.Instant;
import java.util.List;
import org.apache.felix.hc.api.Result;

/**
 * What the checks say together.
 *
 * @param role of this program
 * @param at when they were asked
 * @param answers by name
 */
record Report(String role, Instant at, List<Answer> answers) {
    Report {
        answers = List.copyOf(answers);
    }

    /** That of the worst; where nothing is checked nothing is known to be well. */
    Result.Status status() {
        return answers.stream()
                .map(Answer::status)
                .max(Result.Status::compareTo)
                .orElse(Result.Status.CRITICAL);
    }

    /** True when the program does its work, if only just. */
    boolean isServing() {
        return status().compareTo(Result.Status.WARN) <= 0;
    }
}
