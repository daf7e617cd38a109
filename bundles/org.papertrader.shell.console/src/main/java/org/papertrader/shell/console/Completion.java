package org.papertrader.shell.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/**
 * Completes commands, and after a command what its manual tells: options, words, and values. For a kind of value such as
 * {@code WORKER} it asks the function {@code values:worker}, which any bundle may bring: it gets the words after the
 * command, the last one as far as it is typed, and answers a collection. One that is slow or fails has no values.
 */
final class Completion implements Completer {
    private static final long ANSWER_MAX_MS = 300;
    private static final int VALUES_MAX = 200;
    private static final Set<String> SEPARATORS = Set.of("|", ";", "||", "&&", "{");

    private final CommandSession session;
    private final Manuals manuals;
    private final long answerMaxMs;

    Completion(CommandSession session, Manuals manuals) {
        this(session, manuals, ANSWER_MAX_MS);
    }

    /** @param answerMaxMs how long values are waited for, in milliseconds */
    Completion(CommandSession session, Manuals manuals, long answerMaxMs) {
        this.session = session;
        this.manuals = manuals;
        this.answerMaxMs = answerMaxMs;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        List<String> words = line.words().subList(0, line.wordIndex() + 1);
        for (int i = words.size() - 2; i >= 0; i--) {
            if (SEPARATORS.contains(words.get(i))) {
                words = words.subList(i + 1, words.size());
                break;
            }
        }
        values(words).stream()
                .filter(value -> value.chars().noneMatch(Character::isISOControl))
                .limit(VALUES_MAX)
                .forEach(value -> candidates.add(new Candidate(value)));
    }

    /** What may stand for the last of the words. */
    Collection<String> values(List<String> words) {
        String typed = words.get(words.size() - 1);
        if (words.size() == 1) {
            return commands(typed);
        }
        Optional<Manual> found = manuals.find(words.get(0));
        if (found.isEmpty()) {
            return List.of();
        }
        Manual manual = found.get();
        List<String> arguments = words.subList(1, words.size());
        List<String> before = arguments.subList(0, arguments.size() - 1);
        if (typed.startsWith("-")) {
            return options(manual, before);
        }
        List<String> kinds = kinds(manual, before);
        List<String> values = new ArrayList<>();
        kinds.forEach(kind -> values.addAll(values(kind, arguments)));
        return kinds.isEmpty() ? options(manual, before) : values;
    }

    private Collection<String> commands(String typed) {
        List<String> commands = new ArrayList<>(Scopes.commands(session));
        if (typed.indexOf(':') < 0) {
            for (String command : List.copyOf(commands)) {
                int colon = command.indexOf(':');
                if (Scopes.SEARCHED.contains(command.substring(0, Math.max(colon, 0)))) {
                    commands.add(command.substring(colon + 1));
                }
            }
        }
        // Only what fits, so that the bound does not cut it off.
        commands.removeIf(command -> !command.startsWith(typed));
        return commands;
    }

    private static List<String> options(Manual manual, List<String> before) {
        List<String> options = new ArrayList<>(manual.options());
        options.add("--help");
        options.removeAll(before);
        return options;
    }

    private static List<String> kinds(Manual manual, List<String> before) {
        int place = 0;
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).startsWith("--")) {
                place++;
            } else if (!manual.kindsAfter(before.get(i)).isEmpty()) {
                if (i == before.size() - 1) {
                    return manual.kindsAfter(before.get(i));
                }
                i++;
            }
        }
        return manual.kindsAt(place);
    }

    private Collection<String> values(String kind, List<String> arguments) {
        if (!kind.equals(kind.toUpperCase(Locale.ROOT))) {
            return List.of(kind);
        }
        String name = Scopes.VALUES + ":" + kind.toLowerCase(Locale.ROOT);
        if (!(session.get(name) instanceof Function function)) {
            return List.of();
        }
        return Patience.ask(() -> function.execute(session, List.copyOf(arguments)), answerMaxMs)
                .map(Completion::texts)
                .orElse(List.of());
    }

    private static List<String> texts(Object answer) {
        return answer instanceof Collection<?> all
                ? all.stream().limit(VALUES_MAX).map(Objects::toString).toList()
                : List.of();
    }
}
