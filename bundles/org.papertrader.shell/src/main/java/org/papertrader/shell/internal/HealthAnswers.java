package org.papertrader.shell.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.papertrader.shell.console.Patience;

/** All health checks that there are, asked at the same time. Thread-safe. */
final class HealthAnswers {
    private final Map<HealthCheck, String> names = new ConcurrentHashMap<>();

    void add(HealthCheck check, Map<String, Object> properties) {
        names.put(
                check,
                Objects.toString(properties.get("hc.name"), check.getClass().getSimpleName()));
    }

    void remove(HealthCheck check) {
        names.remove(check);
    }

    /** What a check says. */
    record Answer(String name, Result.Status status, String text) {
        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("name", name);
            map.put("status", status.name().toLowerCase(Locale.ROOT));
            map.put("text", text);
            return map;
        }
    }

    /** The worst first; one that has no answer in time says that. */
    List<Answer> ask(long millis) {
        Map<String, CompletableFuture<Answer>> asked = new LinkedHashMap<>();
        names.forEach((check, name) -> asked.put(
                name,
                Patience.begin(() -> answer(name, check.execute()))
                        .completeOnTimeout(
                                new Answer(
                                        name,
                                        Result.Status.HEALTH_CHECK_ERROR,
                                        "does not answer within " + millis + " ms"),
                                millis,
                                TimeUnit.MILLISECONDS)
                        .exceptionally(
                                failure -> new Answer(name, Result.Status.HEALTH_CHECK_ERROR, "fails: " + failure))));
        List<Answer> answers = new ArrayList<>();
        asked.values().forEach(answer -> answers.add(answer.join()));
        answers.sort(Comparator.comparing(Answer::status).reversed().thenComparing(Answer::name));
        return answers;
    }

    private static Answer answer(String name, Result result) {
        StringBuilder text = new StringBuilder();
        result.forEach(entry -> text.append(text.isEmpty() ? "" : "; ").append(entry.getMessage()));
        return new Answer(name, result.getStatus(), text.toString().replaceAll("\\s+", " "));
    }
}
