package org.papertrader.itests.architecture;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The commands that bundles bring to the shell, as {@code scope:function}. */
final class ShellCommands {
    private static final Pattern SCOPE_CONSTANT = Pattern.compile("String SCOPE = \"(\\w+)\"");
    private static final Pattern FUNCTIONS_CONSTANT = Pattern.compile("String\\[] FUNCTIONS = \\{([^}]*)}");

    private ShellCommands() {}

    /** Not for people: what the Tab key offers, and what parts of the program say of themselves. */
    private static final Set<String> HIDDEN = Set.of("values", "status");

    /** Those of the components in a jar. */
    static Set<String> of(Path jar) {
        return Metatype.componentProperties(jar).stream()
                .flatMap(ShellCommands::named)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> named(Map<String, List<String>> properties) {
        return properties.getOrDefault("osgi.command.scope", List.of()).stream()
                .filter(scope -> !HIDDEN.contains(scope))
                .flatMap(scope -> properties.getOrDefault("osgi.command.function", List.of()).stream()
                        .map(function -> scope + ":" + function));
    }

    /** Those that a class registers itself; it names them in two constants. */
    static Stream<String> of(SourceFile file) {
        return SCOPE_CONSTANT
                .matcher(file.text())
                .results()
                .map(match -> match.group(1))
                .flatMap(scope -> FUNCTIONS_CONSTANT
                        .matcher(file.text())
                        .results()
                        .flatMap(ShellCommands::items)
                        .map(function -> scope + ":" + function));
    }

    private static Stream<String> items(MatchResult functions) {
        return Pattern.compile("[\\w-]+").matcher(functions.group(1)).results().map(MatchResult::group);
    }
}
