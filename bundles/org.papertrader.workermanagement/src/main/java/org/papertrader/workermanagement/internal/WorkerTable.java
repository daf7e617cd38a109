package org.papertrader.workermanagement.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.papertrader.shell.text.Table;
import org.papertrader.shell.text.Words;
import org.papertrader.workers.api.WorkerManagement.Census;
import org.papertrader.workers.api.WorkerView;
import org.papertrader.workers.api.WorkerView.Answer;
import org.papertrader.workers.api.WorkerView.Link;

/** Workers as an aligned table of at most 80 columns; what does not fit is cut, and ends with a tilde. */
final class WorkerTable {
    private static final int SHORTEST_UUID = 4;
    private static final Duration OFF_WORTH_TELLING = Duration.ofMillis(100);
    private static final List<String> HEADER =
            List.of("name", "uuid", "address", "region", "state", "since", "clients", "hits", "rtt", "version");

    /** Columns that may be cut: name, address, region, version. */
    private static final Set<Integer> CUT = Set.of(0, 2, 3, 9);

    private WorkerTable() {}

    static String of(List<WorkerView> workers, Census census, Instant now) {
        Table table = new Table(HEADER, CUT);
        int digits = digits(workers);
        workers.forEach(worker -> table.row(row(worker, digits, now)));
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
                Readings.state(worker.state()),
                since == null ? "never" : Words.age(Duration.between(since, now)),
                answer == null ? "-" : Long.toString(answer.status().clients()),
                answer == null ? "-" : Readings.percent(answer.status().cache().hitsPerMille()),
                answer == null ? "-" : Readings.roundTrip(answer.roundTrip()),
                link == null ? "-" : link.version());
    }

    /** As many digits as tell all uuids from each other. */
    private static int digits(List<WorkerView> workers) {
        int digits = SHORTEST_UUID;
        while (digits < Readings.UUID_LENGTH && isAmbiguous(workers, digits)) {
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

    /** A line for each worker whose clock is noticeably off. */
    private static String clocks(List<WorkerView> workers) {
        return workers.stream()
                .filter(worker -> isWorthTelling(worker.link()))
                .map(worker -> worker.name() + ": its clock is " + Readings.clock(worker.link()) + "\n")
                .collect(Collectors.joining());
    }

    private static boolean isWorthTelling(@Nullable Link link) {
        Answer answer = link == null ? null : link.answer();
        return answer != null
                && (answer.clockWrong() || answer.clockAhead().abs().compareTo(OFF_WORTH_TELLING) > 0);
    }
}
