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
    private final Map<HealthCheck, Question> questions = new ConcurrentHashMap<>();

    void add(HealthCheck check, Map<String, Object> properties) {
        String name =
                Objects.toString(properties.get("hc.name"), check.getClass().getSimpleName());
        questions.put(check, new Question(name, check));
    }

    void remove(HealthCheck check) {
        questions.remove(check);
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

    /**
     * The worst first; one that has no answer in time says that. Two may have one name, of a bundle in two versions during an
     * upgrade: both are told.
     */
    List<Answer> ask(long millis) {
        List<CompletableFuture<Answer>> asked = new ArrayList<>();
        questions.values().forEach(question -> asked.add(question.ask(millis)));
        List<Answer> answers = new ArrayList<>();
        asked.forEach(answer -> answers.add(answer.join()));
        answers.sort(Comparator.comparing(Answer::status).reversed().thenComparing(Answer::name));
        return answers;
    }

    /** Asks one check, once at a time: one that hangs is not asked again before it has answered. */
    private static final class Question {
        private final String name;
        private final HealthCheck check;
        private CompletableFuture<Answer> asked =
                CompletableFuture.failedFuture(new IllegalStateException("not asked"));

        Question(String name, HealthCheck check) {
            this.name = name;
            this.check = check;
        }

        synchronized CompletableFuture<Answer> ask(long millis) {
            if (asked.isDone()) {
                asked = Patience.begin(() -> answer(check.execute()));
            }
            return asked.exceptionally(failure -> bad("fails: " + failure))
                    .completeOnTimeout(bad("does not answer within " + millis + " ms"), millis, TimeUnit.MILLISECONDS);
        }

        private Answer bad(String text) {
            return new Answer(name, Result.Status.HEALTH_CHECK_ERROR, text);
        }

        private Answer answer(Result result) {
            StringBuilder text = new StringBuilder();
            result.forEach(entry -> text.append(text.isEmpty() ? "" : "; ").append(entry.getMessage()));
            return new Answer(name, result.getStatus(), text.toString().replaceAll("\\s+", " "));
        }
    }
}
