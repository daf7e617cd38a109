package org.papertrader.health.internal;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.apache.felix.hc.api.Result;

/**
 * What one check said.
 *
 * @param name of the check
 * @param tags in alphabetical order
 * @param status how it is
 * @param message for people: how it is and what to do
 * @param millis how long the check took
 * @param at when it was asked
 */
record Answer(String name, Set<String> tags, Result.Status status, String message, long millis, Instant at) {
    Answer {
        tags = new TreeSet<>(tags);
    }
}
