package org.papertrader.shell.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of manuals: {@code OSGI-INF/shell/*.txt} in the bundle that brings the commands.
 *
 * <pre>
 * topic workers: those who serve clients
 *
 * worker:show WORKER [--json]
 *     One worker: what is stored of it and what it answers now.
 *     WORKER  its name, or the beginning of its uuid
 *     Example: worker:show zurich
 * </pre>
 *
 * <p>Lines with {@code #} are comments. A usage that is too long for a line goes on in the next one, which is indented and
 * begins with a bracket.
 *
 * @param topics what is told of them, by name; empty text where a file only names one
 */
record ManualFile(Map<String, String> topics, List<Manual> manuals) {
    private static final Pattern TOPIC = Pattern.compile("topic ([\\w-]+)(?:: *(.*))?");
    private static final Pattern USAGE = Pattern.compile("([\\w.-]+:[\\w-]+)(?: .*)?");
    private static final String OTHER = "other";

    static ManualFile parse(String text) {
        Map<String, String> topics = new LinkedHashMap<>();
        List<Manual> manuals = new ArrayList<>();
        Draft draft = new Draft(OTHER);
        for (String line : text.lines().toList()) {
            Matcher topic = TOPIC.matcher(line);
            if (topic.matches()) {
                draft.addTo(manuals);
                draft = new Draft(topic.group(1));
                topics.merge(topic.group(1), topic.group(2) == null ? "" : topic.group(2), String::concat);
            } else if (USAGE.matcher(line).matches()) {
                if (!draft.takes(line)) {
                    draft.addTo(manuals);
                    draft = new Draft(draft.topic);
                }
                draft.usages.add(line.strip());
            } else if (!line.startsWith("#")) {
                draft.more(line);
            }
        }
        draft.addTo(manuals);
        return new ManualFile(topics, manuals);
    }

    /** A manual that is being read. */
    private static final class Draft {
        private final String topic;
        private final List<String> usages = new ArrayList<>();
        private final List<String> body = new ArrayList<>();
        private @Nullable String indent;

        Draft(String topic) {
            this.topic = topic;
        }

        /** Whether a line is another usage of the same command. */
        boolean takes(String usage) {
            return body.isEmpty() && (usages.isEmpty() || name(usages.get(0)).equals(name(usage)));
        }

        void more(String line) {
            String text = line.strip();
            if (usages.isEmpty() || (text.isEmpty() && body.isEmpty())) {
                return;
            }
            if (body.isEmpty() && text.startsWith("[")) {
                usages.set(usages.size() - 1, usages.get(usages.size() - 1) + "\n    " + text);
                return;
            }
            if (indent == null) {
                indent = line.substring(0, line.indexOf(text));
            }
            body.add(line.startsWith(indent) ? line.substring(indent.length()).stripTrailing() : text);
        }

        void addTo(List<Manual> manuals) {
            if (!usages.isEmpty()) {
                while (!body.isEmpty() && body.get(body.size() - 1).isEmpty()) {
                    body.remove(body.size() - 1);
                }
                manuals.add(new Manual(name(usages.get(0)), topic, usages, body));
            }
        }

        private static String name(String usage) {
            return usage.split("\\s", 2)[0];
        }
    }
}
