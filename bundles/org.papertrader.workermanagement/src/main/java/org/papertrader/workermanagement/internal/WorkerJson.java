package org.papertrader.workermanagement.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.WorkerStatus;
import org.papertrader.shell.text.Json;
import org.papertrader.workers.api.WorkerManagement.Census;
import org.papertrader.workers.api.WorkerView;
import org.papertrader.workers.api.WorkerView.Answer;
import org.papertrader.workers.api.WorkerView.Link;

/** Workers as JSON, for scripts: everything in full, one worker a line. */
final class WorkerJson {
    private WorkerJson() {}

    static String of(List<WorkerView> workers, Census census) {
        String rows = workers.stream().map(WorkerJson::of).collect(Collectors.joining(",\n "));
        return "{\"connected\":" + census.connected() + ",\"expected\":" + census.expected() + ",\"registered\":"
                + census.registered() + ",\"degraded\":" + census.isDegraded() + ",\"workers\":[\n " + rows
                + "]}\n";
    }

    static String of(WorkerView worker) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", worker.name());
        fields.put("uuid", worker.uuid());
        fields.put("region", worker.region());
        fields.put("allowedAddresses", worker.allowedAddresses());
        fields.put("state", Readings.state(worker.state()));
        fields.put("registered", worker.registered());
        fields.put("lastSeen", worker.lastSeen());
        fields.put("keys", worker.keys().stream().map(WorkerJson::key).toList());
        fields.put("link", worker.link() == null ? null : link(worker.link()));
        return Json.text(fields);
    }

    private static Map<String, @Nullable Object> key(WorkerView.Key key) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("fingerprint", key.fingerprint());
        fields.put("added", key.added());
        fields.put("algorithm", key.algorithm());
        fields.put("expires", key.expires());
        return fields;
    }

    private static Map<String, @Nullable Object> link(Link link) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("address", link.address().getHostAddress());
        fields.put("since", link.since());
        fields.put("clientHost", link.host());
        fields.put("clientPort", link.port());
        fields.put("certificateFingerprint", link.certificateFingerprint());
        fields.put("version", link.version());
        fields.put("keyFingerprint", link.keyFingerprint());
        fields.put("answer", link.answer() == null ? null : answer(link.answer()));
        return fields;
    }

    private static Map<String, @Nullable Object> answer(Answer answer) {
        WorkerStatus status = answer.status();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("at", answer.at());
        fields.put("roundTripMicros", answer.roundTrip().toNanos() / 1_000);
        fields.put("clockAheadMicros", answer.clockAhead().toNanos() / 1_000);
        fields.put("clockWrong", answer.clockWrong());
        fields.put("started", status.started());
        fields.put("clients", status.clients());
        fields.put("sessions", status.sessions());
        fields.put("cacheEntries", status.cache().entries());
        fields.put("cacheBytes", status.cache().bytes());
        fields.put("cacheHits", status.cache().hits());
        fields.put("cacheMisses", status.cache().misses());
        fields.put("cacheHitsPerMille", status.cache().hitsPerMille());
        fields.put("memoryUsedBytes", status.memory().used());
        fields.put("memoryMostBytes", status.memory().most());
        fields.put("logWaiting", status.log().waiting());
        fields.put("logDropped", status.log().dropped());
        return fields;
    }
}
