package org.papertrader.itests.architecture;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules that the text of a file proves. Each answers what breaks it. */
final class SourceRules {
    static final int LINES_MAX = 400;

    private static final Pattern SLEEP = Pattern.compile("\\bThread\\s*\\.\\s*sleep\\b|\\bTimeUnit\\.\\w+\\.sleep\\b");
    private static final Pattern FLOATING = Pattern.compile("\\b(double|float|Double|Float)\\b");
    private static final Pattern CONSOLE = Pattern.compile("\\bSystem\\s*\\.\\s*out\\b");
    private static final Pattern IMPL = Pattern.compile("\\b(?:class|record|interface|enum)\\s+\\w*Impl\\b");
    private static final Pattern LATER = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
    private static final Pattern AUTHOR = Pattern.compile("@author\\b");

    /**
     * Where floating point is at home: estimates and random walks, whose results are rounded once into exact prices;
     * rates of a throttle; types of configuration values; the seconds that a start took. Money is in none of them.
     */
    private static final Set<String> ESTIMATORS = Set.of(
            "org.papertrader.forecast.drift",
            "org.papertrader.assets.simulated",
            "org.papertrader.auth",
            "org.papertrader.features",
            "org.papertrader.launcher");

    private static final Set<String> CONSOLES = Set.of("org.papertrader.cli", "org.papertrader.launcher");

    /** The command {@code init}, which runs without framework and log. */
    private static final String INIT = "/link/internal/init/Main.java";

    private SourceRules() {}

    static List<String> violations(List<SourceFile> files) {
        List<Function<SourceFile, Optional<String>>> rules = List.of(
                SourceRules::tooLong,
                file -> found(file, file.isTest(), SLEEP, "a test sleeps"),
                file -> found(file, isMainOfBundle(file, ESTIMATORS), FLOATING, "floating point"),
                file -> found(
                        file,
                        isMainOfBundle(file, CONSOLES) && !file.path().endsWith(INIT),
                        CONSOLE,
                        "writes to the console"),
                file -> found(file, true, IMPL, "a name that says nothing"),
                file -> contains(file, LATER, "unfinished"),
                file -> contains(file, AUTHOR, "an author"));
        return files.stream()
                .flatMap(file -> rules.stream().flatMap(rule -> rule.apply(file).stream()))
                .toList();
    }

    /** For every file whose text says what a floating point amount would be called, estimators included. */
    static Stream<String> floatingMoney(SourceFile file) {
        Pattern amount = Pattern.compile(
                "\\b(?:double|float|Double|Float)(?:\\[\\])?\\s+\\w*(?i:money|cash|quantity|fee|balance|reserve|cost)\\w*");
        return amount.matcher(file.code())
                .results()
                .map(match -> file.path() + ": floating point money: " + match.group());
    }

    private static boolean isMainOfBundle(SourceFile file, Set<String> except) {
        return file.path().startsWith("bundles/") && !file.isTest() && !except.contains(file.module());
    }

    private static Optional<String> tooLong(SourceFile file) {
        return file.lines() <= LINES_MAX
                ? Optional.empty()
                : Optional.of(file.path() + ": " + file.lines() + " lines, at most " + LINES_MAX);
    }

    private static Optional<String> found(SourceFile file, boolean applies, Pattern pattern, String text) {
        return applies && pattern.matcher(file.code()).find()
                ? Optional.of(file.path() + ": " + text)
                : Optional.empty();
    }

    private static Optional<String> contains(SourceFile file, Pattern pattern, String text) {
        // This module's own files name what they look for.
        return !file.path().contains("itests.architecture/")
                        && pattern.matcher(file.text()).find()
                ? Optional.of(file.path() + ": " + text)
                : Optional.empty();
    }
}
