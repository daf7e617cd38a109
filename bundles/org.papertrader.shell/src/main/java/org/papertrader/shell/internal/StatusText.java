package org.papertrader.shell.internal;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The status for people: a line a section, 80 columns wide. */
final class StatusText {
    private static final int WIDTH = 80;
    private static final int LABEL = 10;
    private static final Set<String> HEAD =
            Set.of("role", "version", "since", "upSeconds", "ready", "health", "checks");

    private StatusText() {}

    static String of(Map<String, Object> status) {
        StringBuilder text = new StringBuilder();
        row(
                text,
                "program",
                status.get("role") + " " + status.get("version") + ", up "
                        + (status.get("upSeconds") instanceof Long up ? Spans.text(Duration.ofSeconds(up)) : "unknown")
                        + ", since " + status.get("since"));
        Object ready = status.get("ready");
        row(text, "ready", ready instanceof Collection<?> all && all.isEmpty() ? "no" : Sections.text(ready));
        row(text, "health", String.valueOf(status.get("health")));
        if (status.get("checks") instanceof List<?> checks) {
            checks.forEach(check -> check(text, (Map<?, ?>) check));
        }
        status.forEach((name, section) -> {
            if (!HEAD.contains(name)) {
                row(text, name, Sections.text(section));
            }
        });
        return text.toString();
    }

    private static void check(StringBuilder text, Map<?, ?> check) {
        String status = String.valueOf(check.get("status"));
        row(text, "", (status.equals("ok") ? "" : status + " ") + check.get("name") + ": " + check.get("text"));
    }

    /** Broken between words; what goes on stands below its beginning. */
    private static void row(StringBuilder text, String label, String value) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + LABEL + "s", label));
        for (String word : value.split(" ", -1)) {
            if (line.length() > LABEL && line.length() + 1 + word.length() > WIDTH) {
                text.append(line.toString().stripTrailing()).append('\n');
                line.setLength(0);
                line.append(" ".repeat(LABEL));
            }
            line.append(' ').append(word);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
