package org.papertrader.marketdata.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.papertrader.assets.api.SymbolResult.Fault;
import org.papertrader.model.Symbol;

/** How a source has behaved lately: whether it may be asked now, and what for. Thread-safe. */
final class SourceState {
    /** How long a symbol that a source does not have is not asked for again. */
    static final Duration UNKNOWN_FOR = Duration.ofHours(1);

    private static final int UNKNOWN_MAX = 100_000;
    private static final int TEXT_MAX = 200;
    private static final int FAILURES_FREE = 1;
    private static final Duration PAUSE_FIRST = Duration.ofSeconds(5);
    private static final int PAUSE_DOUBLINGS_MAX = 6;
    private static final Duration PAUSE_RATE = Duration.ofMinutes(1);
    private static final Duration PAUSE_LONG = Duration.ofHours(1);
    private static final Duration PAUSE_AUTH = Duration.ofMinutes(10);

    private final Clock wall;
    private final Instant came;
    private final Map<Symbol, Instant> unknown = new ConcurrentHashMap<>();
    private final Map<Fault, Long> failures = new EnumMap<>(Fault.class);
    private long answers;
    private int failuresInRow;
    private @Nullable Instant lastAnswer;
    private String lastFailure = "";
    private Instant pausedUntil = Instant.EPOCH;

    SourceState(Clock wall) {
        this.wall = wall;
        this.came = wall.instant();
    }

    /** Until when it must not be asked; empty when it may be. */
    synchronized Optional<Instant> pausedUntil() {
        return pausedUntil.isAfter(wall.instant()) ? Optional.of(pausedUntil) : Optional.empty();
    }

    synchronized void answered() {
        answers++;
        failuresInRow = 0;
        lastAnswer = wall.instant();
    }

    /** Notes a failure of a whole call, or one of a symbol that concerns the whole source. */
    synchronized void failed(Fault fault, String text, @Nullable Instant retryAt) {
        failures.merge(fault, 1L, Long::sum);
        failuresInRow++;
        lastFailure = fault + " " + (text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX));
        Instant now = wall.instant();
        Instant pause = retryAt != null && retryAt.isAfter(now) ? retryAt : now.plus(pause(fault));
        if (pause.isAfter(pausedUntil)) {
            pausedUntil = pause;
        }
    }

    private Duration pause(Fault fault) {
        return switch (fault) {
            case RATE_LIMITED -> PAUSE_RATE;
            case QUOTA_EXHAUSTED, BANNED -> PAUSE_LONG;
            case AUTH, NOT_ENTITLED -> PAUSE_AUTH;
            default ->
                failuresInRow <= FAILURES_FREE
                        ? Duration.ZERO
                        : PAUSE_FIRST.multipliedBy(
                                1L << Math.min(PAUSE_DOUBLINGS_MAX, failuresInRow - FAILURES_FREE - 1));
        };
    }

    void noteUnknown(Symbol symbol) {
        if (unknown.size() >= UNKNOWN_MAX) {
            unknown.clear();
        }
        unknown.put(symbol, wall.instant().plus(UNKNOWN_FOR));
    }

    boolean isUnknown(Symbol symbol) {
        Instant until = unknown.get(symbol);
        return until != null && until.isAfter(wall.instant());
    }

    /** A new instance of the source came: what the old one did not know or could not do says nothing of it. */
    synchronized void renewed() {
        unknown.clear();
        failuresInRow = 0;
    }

    /**
     * How it does, for operators.
     *
     * @param calls since this start of the program
     * @param failures how many of them failed
     * @param lastAnswer when it last answered, or null
     * @param pausedUntil when it may be asked again, or null when it may be now
     * @param lastFailure what it last failed with and why; empty when it never did
     */
    record View(
            long calls,
            long failures,
            @Nullable Instant lastAnswer,
            @Nullable Instant pausedUntil,
            String lastFailure) {}

    synchronized View view() {
        return new View(answers + failed(), failed(), lastAnswer, pausedUntil().orElse(null), lastFailure);
    }

    /**
     * What was counted.
     *
     * @param silentSince when it last answered, or came if it never has
     */
    record Counts(long answers, Map<Fault, Long> failures, Instant silentSince, boolean isPaused) {}

    synchronized Counts counts() {
        Instant since = lastAnswer == null ? came : lastAnswer;
        return new Counts(answers, Map.copyOf(failures), since, pausedUntil.isAfter(wall.instant()));
    }

    private long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    /** When it answered last; empty when it never has. */
    synchronized Optional<Instant> lastAnswer() {
        return Optional.ofNullable(lastAnswer);
    }

    /** What went wrong last; empty when nothing has. */
    synchronized String lastFailure() {
        return lastFailure;
    }
}
