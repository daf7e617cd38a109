package org.papertrader.shell.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.papertrader.shell.console.Manual;
import org.papertrader.shell.console.Manuals;
import org.papertrader.shell.console.Scopes;

/** Shell command {@code help}: topics, the commands of a topic, one command. */
@Component(
        service = HelpCommand.class,
        property = {"osgi.command.scope=shell", "osgi.command.function=help"})
public final class HelpCommand {
    private static final int WIDTH = 80;
    private static final String OTHER = "other";
    private static final Pattern WORD = Pattern.compile("[\\w.:-]+");

    private final Manuals manuals;

    @Activate
    public HelpCommand(BundleContext context) {
        this(Manuals.of(context));
    }

    HelpCommand(Manuals manuals) {
        this.manuals = manuals;
    }

    /** Tells what there is, of a topic or a command if one is named. */
    @Descriptor("topics, the commands of a topic, or one command")
    public String help(CommandSession session, @Descriptor("a topic or a command") String... typed) throws Exception {
        TypedWords words = TypedWords.of("help", typed, Set.of(), 1);
        String what = words.first();
        Map<String, Map<String, Manual>> topics = topics(session);
        if (what.isEmpty()) {
            return all(topics);
        }
        if (topics.containsKey(what)) {
            return topic(what, topics.get(what));
        }
        Optional<Manual> manual = manuals.find(what);
        if (manual.isPresent()) {
            return manual.get().text();
        }
        return unknown(session, what);
    }

    private String all(Map<String, Map<String, Manual>> topics) {
        Map<String, String> texts = manuals.topics();
        StringBuilder text = new StringBuilder();
        topics.forEach((name, commands) -> text.append(
                String.format(Locale.ROOT, "  %-14s %s%n", name, texts.getOrDefault(name, "what nobody tells of"))));
        return text.append("help TOPIC lists its commands, help COMMAND explains one; Tab completes.\n")
                .toString();
    }

    private String topic(String name, Map<String, Manual> commands) {
        String text = manuals.topics().getOrDefault(name, "");
        int longest = commands.keySet().stream().mapToInt(String::length).max().orElse(1);
        return (text.isEmpty() ? name : name + ": " + text) + "\n"
                + commands.values().stream()
                        .map(manual -> manual.row(longest, WIDTH) + "\n")
                        .collect(Collectors.joining());
    }

    /** Commands that there are now, by topic and name; those without a manual under a topic of their own. */
    private Map<String, Map<String, Manual>> topics(CommandSession session) {
        Map<String, Manual> known = manuals.byName();
        Map<String, Map<String, Manual>> topics = new TreeMap<>();
        for (String command : Scopes.commands(session)) {
            Manual manual = known.get(command);
            if (manual == null) {
                manual = new Manual(command, OTHER, List.of(command), List.of());
            }
            topics.computeIfAbsent(manual.topic(), unknown -> new TreeMap<>()).put(command, manual);
        }
        return topics;
    }

    /** Felix looks at the methods of commands, which is better than nothing. */
    private static String unknown(CommandSession session, String what) throws Exception {
        Set<String> commands = new TreeSet<>(Scopes.commands(session));
        boolean isThere = commands.contains(what) || commands.stream().anyMatch(name -> name.endsWith(":" + what));
        if (!isThere || !WORD.matcher(what).matches()) {
            throw new IllegalArgumentException("there is no topic and no command " + what + "; 'help' lists topics");
        }
        Object answer = commands.contains("felix:help") ? session.execute("felix:help " + what) : null;
        return answer == null ? what + " has no manual" : answer.toString();
    }
}
