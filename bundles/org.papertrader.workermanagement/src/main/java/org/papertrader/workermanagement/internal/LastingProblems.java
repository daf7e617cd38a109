package org.papertrader.workermanagement.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Of the problems that are found again and again, picks those that last, once each. Not thread-safe. */
final class LastingProblems {
    private final long lastsNanos;
    private final Map<String, Long> since = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    LastingProblems(Duration lasts) {
        lastsNanos = lasts.toNanos();
    }

    /**
     * Those of the problems to tell now. One that is not among them any more is new when it comes again.
     *
     * @param problems all that there are now
     * @param now of {@link System#nanoTime}
     */
    List<String> toTell(List<String> problems, long now) {
        since.keySet().retainAll(problems);
        told.retainAll(problems);
        problems.forEach(problem -> since.putIfAbsent(problem, now));
        return problems.stream()
                .filter(problem -> now - since.getOrDefault(problem, now) >= lastsNanos && told.add(problem))
                .toList();
    }

    /** True when there are some that may go away by themselves soon. */
    boolean hasNew() {
        return since.size() > told.size();
    }
}
