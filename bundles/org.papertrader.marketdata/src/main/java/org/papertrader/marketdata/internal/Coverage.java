package org.papertrader.marketdata.internal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * For which times the stored bars of one asset are complete, so that a source is asked for what is missing and for
 * nothing twice (PRO-17). Immutable.
 *
 * @param source where the last bars came from; empty while there are none
 * @param spans in order, apart from each other, at most {@link #SPANS_MAX}
 */
record Coverage(String source, List<Span> spans) {
    /** More gaps than this are forgotten: the shortest covered span is, and asked for again if needed. */
    static final int SPANS_MAX = 50;

    static final Coverage NONE = new Coverage("", List.of());

    private static final String NO_SOURCE = "-";

    Coverage {
        spans = List.copyOf(spans);
    }

    /** From {@code after}, exclusive, until {@code until}, inclusive. */
    record Span(Instant after, Instant until) {
        boolean isEmpty() {
            return !after.isBefore(until);
        }
    }

    /** What of a span is not covered, oldest first. */
    List<Span> missing(Span wanted) {
        List<Span> gaps = new ArrayList<>();
        Instant from = wanted.after();
        for (Span span : spans) {
            if (span.until().isAfter(from) && span.after().isBefore(wanted.until())) {
                if (span.after().isAfter(from)) {
                    gaps.add(new Span(from, span.after()));
                }
                from = span.until();
            }
        }
        if (from.isBefore(wanted.until())) {
            gaps.add(new Span(from, wanted.until()));
        }
        return gaps;
    }

    /** With a further span. */
    Coverage plus(Span added, String addedBy) {
        if (added.isEmpty()) {
            return this;
        }
        List<Span> sorted = new ArrayList<>(spans);
        sorted.add(added);
        sorted.sort(Comparator.comparing(Span::after));
        List<Span> merged = new ArrayList<>();
        for (Span span : sorted) {
            Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last == null || span.after().isAfter(last.until())) {
                merged.add(span);
            } else if (span.until().isAfter(last.until())) {
                merged.set(merged.size() - 1, new Span(last.after(), span.until()));
            }
        }
        if (merged.size() > SPANS_MAX) {
            merged.remove(merged.stream()
                    .min(Comparator.comparing(span -> Duration.between(span.after(), span.until())))
                    .orElse(merged.get(0)));
        }
        return new Coverage(addedBy, merged);
    }

    String toText() {
        StringBuilder text = new StringBuilder(source.isEmpty() ? NO_SOURCE : source);
        spans.forEach(span -> text.append(' ').append(span.after()).append('/').append(span.until()));
        return text.toString();
    }

    /** Reads stored text; empty when it is none. */
    static Optional<Coverage> parse(String text) {
        String[] words = text.split(" ", -1);
        List<Span> spans = new ArrayList<>();
        try {
            for (int i = 1; i < words.length; i++) {
                int slash = words[i].indexOf('/');
                if (slash < 0) {
                    return Optional.empty();
                }
                spans.add(new Span(
                        Instant.parse(words[i].substring(0, slash)), Instant.parse(words[i].substring(slash + 1))));
            }
        } catch (DateTimeException e) {
            return Optional.empty();
        }
        return Optional.of(new Coverage(words[0].equals(NO_SOURCE) ? "" : words[0], spans));
    }
}
