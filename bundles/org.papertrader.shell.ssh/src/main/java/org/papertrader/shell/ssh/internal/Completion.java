package org.papertrader.shell.ssh.internal;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/**
 * Completes commands, and values after some of them: those that another command lists in its first column. So nothing has
 * to be known of the bundles that bring the commands.
 */
final class Completion implements Completer {
    /** By the start of a command, what lists its first value. */
    private static final Map<String, String> FIRST = Map.of(
            "feature:", "feature:list",
            "config:", "config:get",
            "worker:", "worker:list");

    /** By the start of a command, what lists its second value once the first is known. */
    private static final Map<String, String> SECOND = Map.of("config:", "config:get ");

    /** What is run for a completion must be a plain word: nobody has pressed return yet. */
    private static final Pattern WORD = Pattern.compile("[\\w.~-]+");

    private final CommandProcessor processor;
    private final CommandSession session;

    Completion(CommandProcessor processor, CommandSession session) {
        this.processor = processor;
        this.session = session;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        values(line).forEach(value -> candidates.add(new Candidate(value)));
    }

    private Collection<String> values(ParsedLine line) {
        if (line.wordIndex() == 0) {
            return commands();
        }
        String command = line.words().get(0);
        String scope = command.substring(0, command.indexOf(':') + 1);
        String second = SECOND.get(scope);
        String listing = "";
        if (line.wordIndex() == 1) {
            listing = FIRST.getOrDefault(scope, "");
        } else if (line.wordIndex() == 2
                && second != null
                && WORD.matcher(line.words().get(1)).matches()) {
            listing = second + line.words().get(1);
        }
        return listing.isEmpty() || !commands().contains(listing.split(" ", 2)[0]) ? Set.of() : firstColumn(listing);
    }

    private Set<String> commands() {
        Set<String> commands = new TreeSet<>();
        if (session.get(".commands") instanceof Collection<?> all) {
            all.forEach(command -> commands.add(command.toString()));
        }
        return commands;
    }

    private Set<String> firstColumn(String listing) {
        Set<String> words = new TreeSet<>();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (CommandSession own = processor.createSession(InputStream.nullInputStream(), out, out)) {
            Object result = own.execute(listing);
            String text = printed.toString(StandardCharsets.UTF_8)
                    + (result == null ? "" : own.format(result, Converter.INSPECT));
            text.lines()
                    .map(line -> line.split("\\s", 2)[0])
                    .filter(word -> !word.isEmpty())
                    .forEach(words::add);
        } catch (Exception e) {
            // Whatever a command fails with, it lists nothing then.
            return Set.of();
        }
        return words;
    }
}
