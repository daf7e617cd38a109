package org.papertrader.workermanagement.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.papertrader.workers.api.WorkerManagement.Census;
import org.papertrader.workers.api.WorkerView;
import org.papertrader.workers.api.WorkerView.Answer;
import org.papertrader.workers.api.WorkerView.Link;

/** Workers as an aligned table of at most 80 columns; what does not fit is cut, and ends with a tilde. */
final class WorkerTable {
    private static final int COLUMNS = 80;
    private static final int SHORTEST_UUID = 4;
    private static final int SHORTEST_CELL = 5;
    private static final Duration OFF_WORTH_TELLING = Duration.ofMillis(100);
    private static final List<String> HEADER =
            List.of("name", "uuid", "address", "region", "state", "since", "clients", "hits", "rtt", "version");

    /** Columns that may be cut: name, address, region, version. */
    private static final List<Integer> CUT = List.of(0, 2, 3, 9);

    private WorkerTable() {}

    static String of(List<WorkerView> workers, Census census, Instant now) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        int digits = digits(workers);
        workers.forEach(worker -> rows.add(row(worker, digits, now)));
        int[] widths = widths(rows);
        String table = rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
        return table + clocks(workers) + footer(census);
    }

    private static String footer(Census census) {
        return census.connected() + " connected, " + census.expected() + " expected, " + census.registered()
                + " registered; health: " + (census.isDegraded() ? "degraded" : "ok") + "\n";
    }

    private static List<String> row(WorkerView worker, int digits, Instant now) {
        Link link = worker.link();
        Answer answer = link == null ? null : link.answer();
        Instant since = link == null ? worker.lastSeen() : link.since();
        return List.of(
                worker.name(),
                worker.uuid().toString().substring(0, digits),
                link == null ? "-" : link.address().getHostAddress(),
                worker.region(),
                Words.state(worker.state()),
                since == null ? "never" : Words.age(Duration.between(since, now)),
                answer == null ? "-" : Long.toString(answer.status().clients()),
                answer == null ? "-" : Words.percent(answer.status().cache().hitsPerMille()),
                answer == null ? "-" : Words.roundTrip(answer.roundTrip()),
                link == null ? "-" : link.version());
    }

    /** As many digits as tell all uuids from each other. */
    private static int digits(List<WorkerView> workers) {
        int digits = SHORTEST_UUID;
        while (digits < Words.UUID_LENGTH && isAmbiguous(workers, digits)) {
            digits++;
        }
        return digits;
    }

    private static boolean isAmbiguous(List<WorkerView> workers, int digits) {
        return workers.stream()
                        .map(worker -> worker.uuid().toString().substring(0, digits))
                        .distinct()
                        .count()
                < workers.size();
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[HEADER.size()];
        rows.forEach(
                row -> Arrays.setAll(widths, i -> Math.max(widths[i], row.get(i).length())));
        while (Arrays.stream(widths).sum() + widths.length - 1 > COLUMNS) {
            Integer widest = null;
            for (Integer column : CUT) {
                widest = widest == null || widths[column] > widths[widest] ? column : widest;
            }
            if (widest == null || widths[widest] <= SHORTEST_CELL) {
                return widths;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = Words.cut(row.get(i), widths[i]);
            line.append(cell).append(" ".repeat(widths[i] - cell.length() + 1));
        }
        return line.toString().stripTrailing() + "\n";
    }

    /** A line for each worker whose clock is noticeably off. */
    private static String clocks(List<WorkerView> workers) {
        return workers.stream()
                .filter(worker -> isWorthTelling(worker.link()))
                .map(worker -> worker.name() + ": its clock is " + Words.clock(worker.link()) + "\n")
                .collect(Collectors.joining());
    }

    private static boolean isWorthTelling(@Nullable Link link) {
        Answer answer = link == null ? null : link.answer();
        return answer != null
                && (answer.clockWrong() || answer.clockAhead().abs().compareTo(OFF_WORTH_TELLING) > 0);
    }
}
