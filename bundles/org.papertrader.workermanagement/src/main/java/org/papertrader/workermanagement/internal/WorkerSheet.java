package org.papertrader.workermanagement.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.papertrader.model.WorkerStatus;
import org.papertrader.shell.text.Words;
import org.papertrader.workers.api.WorkerView;
import org.papertrader.workers.api.WorkerView.Answer;
import org.papertrader.workers.api.WorkerView.Link;

/** One worker in full: what is stored, what its link is, and what it answered last (MST-19). */
final class WorkerSheet {
    private static final int LABEL = 13;

    private WorkerSheet() {}

    static String of(WorkerView worker, Instant now) {
        List<String> lines = new ArrayList<>();
        add(lines, "name", worker.name());
        add(lines, "uuid", worker.uuid().toString());
        add(lines, "region", worker.region());
        add(lines, "allowed", worker.allowedAddresses());
        add(lines, "registered", worker.registered().toString());
        add(
                lines,
                "last seen",
                worker.lastSeen() == null ? "never" : worker.lastSeen().toString());
        worker.keys().forEach(key -> add(lines, "key", key(key)));
        if (worker.keys().isEmpty()) {
            add(lines, "key", "none");
        }
        add(lines, "state", Readings.state(worker.state()));
        Link link = worker.link();
        if (link != null) {
            link(lines, link);
        }
        Answer answer = link == null ? null : link.answer();
        if (answer != null) {
            add(lines, "clock", Readings.clock(link));
            answer(lines, answer, now);
        }
        return String.join("\n", lines) + "\n";
    }

    private static String key(WorkerView.Key key) {
        String end = key.algorithm().isEmpty()
                ? ", nobody can read it for the moment"
                : " " + key.algorithm() + (key.expires() == null ? ", never expires" : ", expires " + key.expires());
        return key.fingerprint() + end;
    }

    private static void link(List<String> lines, Link link) {
        add(lines, "address", link.address().getHostAddress());
        add(lines, "linked since", link.since().toString());
        add(lines, "proved key", link.keyFingerprint().isEmpty() ? "none" : link.keyFingerprint());
        add(lines, "clients at", link.host() + ":" + link.port());
        add(lines, "certificate", certificate(link));
        add(lines, "version", link.version());
    }

    private static String certificate(Link link) {
        return link.certificateFingerprint().isEmpty() ? "none, no TLS" : link.certificateFingerprint();
    }

    private static void answer(List<String> lines, Answer answer, Instant now) {
        WorkerStatus status = answer.status();
        WorkerStatus.Cache cache = status.cache();
        add(lines, "answered", Words.age(Duration.between(answer.at(), now)) + " ago");
        add(lines, "round trip", Readings.roundTrip(answer.roundTrip()));
        add(lines, "clients", Long.toString(status.clients()));
        add(lines, "sessions", Long.toString(status.sessions()));
        add(
                lines,
                "cache",
                cache.entries() + " entries, " + Words.mebibytes(cache.bytes()) + ", hits " + cache.hits() + ", misses "
                        + cache.misses() + ", " + Readings.percent(cache.hitsPerMille()));
        add(lines, "uptime", Words.age(Duration.between(status.started(), status.told())));
        add(
                lines,
                "memory",
                Words.mebibytes(status.memory().used()) + " of "
                        + Words.mebibytes(status.memory().most()));
        add(
                lines,
                "log",
                status.log().waiting() + " entries waiting, " + status.log().dropped() + " dropped");
    }

    /** What does not fit a line goes on below. */
    private static void add(List<String> lines, String what, String value) {
        String label = what;
        for (String part : Words.folded(value, Words.COLUMNS - LABEL)) {
            lines.add(label + " ".repeat(LABEL - label.length()) + part);
            label = "";
        }
    }
}
