package org.papertrader.log.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.internal.Arguments.UsageException;
import org.slf4j.event.Level;

/** One look through the files for entries of some kind; the last of them are kept. */
final class Search {

    static final int MATCHES_DEFAULT = 20;
    static final int MATCHES_MAX = 1_000;

    /** A pattern can take for ever; an operator does not wait longer than this. */
    static final Duration TIME_MAX = Duration.ofSeconds(20);

    static final Set<String> VALUED = Set.of("--level", "--since", "--bundle", "--limit");

    private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhd])");

    private final Predicate<CapturedEntry> wanted;
    private final int limit;
    private final Deadline deadline;

    private Search(Predicate<CapturedEntry> wanted, int limit, Deadline deadline) {
        this.wanted = wanted;
        this.limit = limit;
        this.deadline = deadline;
    }

    /**
     * Reads what was typed.
     *
     * @throws UsageException when it makes no sense
     */
    static Search of(Arguments arguments, Clock clock) {
        if (arguments.plain().size() > 1) {
            throw new UsageException("one text at a time; put it in quotes when it has spaces");
        }
        Deadline deadline = new Deadline(System.nanoTime() + TIME_MAX.toNanos());
        String text = arguments.plain().isEmpty() ? "" : arguments.plain().get(0);
        Predicate<CapturedEntry> wanted = arguments.has("--regex") ? matching(text, deadline) : containing(text);
        if (arguments.value("--level").isPresent()) {
            wanted = wanted.and(atLeast(arguments.value("--level").get()));
        }
        if (arguments.value("--since").isPresent()) {
            Instant since = since(arguments.value("--since").get(), clock.instant());
            wanted = wanted.and(entry -> !entry.time().isBefore(since));
        }
        if (arguments.value("--bundle").isPresent()) {
            String bundle = arguments.value("--bundle").get();
            wanted = wanted.and(entry -> entry.origin().bundle().contains(bundle));
        }
        String limit = arguments.value("--limit").orElse(Integer.toString(MATCHES_DEFAULT));
        return new Search(wanted, Arguments.count(limit, MATCHES_MAX), deadline);
    }

    /** The last matches, oldest first, and how many there were in all. */
    Found in(LogFiles files) throws IOException {
        Deque<CapturedEntry> kept = new ArrayDeque<>();
        long[] count = {0};
        boolean isWhole = true;
        try {
            files.each(entry -> {
                deadline.check();
                if (wanted.test(entry)) {
                    count[0]++;
                    LogFiles.keep(entry, kept, limit);
                }
            });
        } catch (TooLateException e) {
            isWhole = false;
        }
        return new Found(List.copyOf(kept), count[0], isWhole);
    }

    /**
     * What was found.
     *
     * @param entries the last ones, oldest first
     * @param count of all matches
     * @param isWhole false when the time was over before the end of the files
     */
    record Found(List<CapturedEntry> entries, long count, boolean isWhole) {}

    private static Predicate<CapturedEntry> containing(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return entry -> searched(entry).toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static Predicate<CapturedEntry> matching(String regex, Deadline deadline) {
        try {
            Matcher matcher = Pattern.compile(regex).matcher("");
            return entry -> matcher.reset(deadline.over(searched(entry))).find();
        } catch (PatternSyntaxException e) {
            throw new UsageException("'" + regex + "' is no pattern: " + e.getDescription());
        }
    }

    /** All text of an entry as it stands in a text file. */
    private static String searched(CapturedEntry entry) {
        return TextFormat.format(entry);
    }

    private static Predicate<CapturedEntry> atLeast(String name) {
        try {
            int least = Level.valueOf(name.toUpperCase(Locale.ROOT)).toInt();
            return entry -> entry.level().toInt() >= least;
        } catch (IllegalArgumentException e) {
            throw new UsageException("'" + name + "' is no level; TRACE, DEBUG, INFO, WARN and ERROR are");
        }
    }

    private static Instant since(String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            long count = Long.parseLong(ago.group(1));
            return now.minus(
                    switch (ago.group(2)) {
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    });
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new UsageException("'" + text + "' is no time; 90s, 10m, 2h, 3d and 2026-03-04T05:06:07Z are");
        }
    }

    /** Ends a search in time, also one whose pattern would run for ever. */
    private record Deadline(long nanos) {

        void check() {
            if (System.nanoTime() - nanos > 0) {
                throw new TooLateException();
            }
        }

        CharSequence over(String text) {
            return new Timed(text, this);
        }
    }

    private record Timed(String text, Deadline deadline) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            deadline.check();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class TooLateException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
