package org.papertrader.shell.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.jspecify.annotations.Nullable;
import org.papertrader.shell.console.Patience;
import org.papertrader.shell.console.Scopes;

/**
 * What the parts of the program say of themselves. Any bundle may bring a function of scope {@code status}, whose name is
 * the section's; it answers a map, or null while it has nothing to say.
 */
final class Sections {
    private static final List<String> ORDER =
            List.of("ports", "link", "workers", "clients", "accounts", "sessions", "queue", "market", "sources");

    private Sections() {}

    /** By name, the well-known ones first; one that does not answer in time says so. */
    static Map<String, Object> of(CommandSession session, long millis) {
        List<String> names = new ArrayList<>(ORDER);
        Collection<String> there = Scopes.functions(session, Scopes.STATUS);
        names.retainAll(there);
        there.stream().filter(name -> !names.contains(name)).forEach(names::add);
        Map<String, CompletableFuture<Object>> asked = new LinkedHashMap<>();
        for (String name : names) {
            if (session.get(Scopes.STATUS + ":" + name) instanceof Function function) {
                asked.put(
                        name,
                        Patience.<Object>begin(() -> function.execute(session, new ArrayList<>()))
                                .completeOnTimeout("does not answer", millis, TimeUnit.MILLISECONDS)
                                .exceptionally(Sections::failure));
            }
        }
        Map<String, Object> sections = new LinkedHashMap<>();
        asked.forEach((name, answer) -> {
            Object said = answer.join();
            if (said != null) {
                sections.put(name, said);
            }
        });
        return sections;
    }

    private static Object failure(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    /** A section for people: {@code open 12, held 3}; keys of JSON are split into words. */
    static String text(@Nullable Object section) {
        if (section instanceof Map<?, ?> map) {
            List<String> parts = new ArrayList<>();
            map.forEach((key, value) -> parts.add(words(key.toString()) + " " + text(value)));
            return String.join(", ", parts);
        }
        if (section instanceof Collection<?> all) {
            return all.isEmpty()
                    ? "none"
                    : String.join("; ", all.stream().map(Sections::text).toList());
        }
        if (section instanceof Boolean is) {
            return is ? "yes" : "no";
        }
        return String.valueOf(section);
    }

    private static String words(String key) {
        return key.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }
}
