package org.papertrader.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/operations.md names every key, every command and every exit code that there is. */
@Tag("CARD-9")
class OperationsDocumentTest {
    private static final Set<String> ANY_NUMBER = Set.of("seed", "service.ranking");
    private static final Pattern RANGE = Pattern.compile("(\\d+) to (\\d+)$");
    /** Reads its configuration itself: it is there before Declarative Services. */
    private static final String BEFORE_COMPONENTS = "org.papertrader.features";

    private static final Pattern SECTION = Pattern.compile("(?m)^### `(org\\.papertrader\\.[^`]+)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|([^|]*)\\|([^|]*)\\|");
    private static final Pattern COMMAND_ROW = Pattern.compile("(?m)^\\| `([a-z]+:[a-z-]+)[^`]*`");
    private static final Pattern EXIT_CODE = Pattern.compile("static final int \\w+ = (\\d+);");

    private final String page = Repository.text("docs/operations.md");

    @Test
    void everyKeyIsDocumentedWithItsTypeAndDefault() {
        Set<Metatype.Key> built = Repository.bundleFolders().stream()
                .map(Repository::jar)
                .flatMap(jar -> Metatype.keys(jar).stream())
                .collect(Collectors.toSet());
        assertThat(built).hasSizeGreaterThan(50);
        Set<Metatype.Key> documented = documentedKeys(page);
        assertThat(built)
                .filteredOn(key -> !documented.contains(key))
                .as("not documented")
                .isEmpty();
        assertThat(documented)
                .filteredOn(key -> !built.contains(key))
                .as("not there")
                .isEmpty();
    }

    /** What is not told here is refused by nobody before it is written, and ends the program at its next start. */
    @Test
    void everyNumberHasTheRangeThatItsDescriptionTells() {
        List<Metatype.Range> numbers = Repository.bundleFolders().stream()
                .flatMap(bundle -> Metatype.ranges(Repository.jar(bundle)).stream())
                .filter(number -> !ANY_NUMBER.contains(number.name()))
                .toList();
        assertThat(numbers).hasSizeGreaterThan(50).allSatisfy(number -> {
            assertThat(number.min()).as(number.toString()).isNotEmpty();
            Matcher told = RANGE.matcher(number.description());
            if (told.find()) {
                assertThat(number.min()).as(number.toString()).isEqualTo(told.group(1));
                assertThat(number.max()).as(number.toString()).isEqualTo(told.group(2));
            }
        });
    }

    /** A description whose PID no component listens to would be documented, set, and without effect. */
    @Test
    void everyDescribedPidHasAComponent() {
        for (String bundle : Repository.bundleFolders()) {
            Set<String> described = Metatype.keys(Repository.jar(bundle)).stream()
                    .map(Metatype.Key::pid)
                    .collect(Collectors.toSet());
            if (!bundle.equals(BEFORE_COMPONENTS)) {
                assertThat(Metatype.componentPids(Repository.jar(bundle)))
                        .as(bundle)
                        .containsAll(described);
            }
            assertThat(described)
                    .allMatch(pid -> pid.equals(bundle) || pid.startsWith(bundle + "."), "below " + bundle);
        }
    }

    @Test
    void everyShellCommandIsDocumented() {
        Set<String> documented = COMMAND_ROW
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> registered = new TreeSet<>();
        Repository.bundleFolders().forEach(bundle -> registered.addAll(ShellCommands.of(Repository.jar(bundle))));
        Repository.sources().stream()
                .filter(file -> file.path().startsWith("bundles/") && !file.isTest())
                .flatMap(ShellCommands::of)
                .forEach(registered::add);
        assertThat(registered).hasSizeGreaterThan(15);
        assertThat(registered)
                .filteredOn(command -> !documented.contains(command))
                .as("not documented")
                .isEmpty();
        assertThat(documented)
                .filteredOn(command -> !registered.contains(command))
                .as("not there")
                .isEmpty();
    }

    @Test
    void everyExitCodeIsDocumented() {
        String codes = Repository.text(
                "bundles/org.papertrader.launcher/src/main/java/org/papertrader/launcher/ExitCode.java");
        String section = page.substring(page.indexOf("## Exit codes"));
        assertThat(EXIT_CODE.matcher(codes).results().map(match -> "| " + match.group(1) + " |"))
                .hasSizeGreaterThan(3)
                .allSatisfy(row -> assertThat(section).contains(row));
    }

    /** Control: what is read from a page is what it says. */
    @Test
    void keysAreReadFromTheirSections() {
        String text = """
                ### `org.papertrader.a`
                | key | type | default | meaning |
                |---|---|---|---|
                | `one` | Long | `5` | x |
                | `two` | String[] | | y |
                ### `org.papertrader.b` (instances)
                | `one` | String | | z |
                """;
        assertThat(documentedKeys(text))
                .containsExactlyInAnyOrder(
                        new Metatype.Key("org.papertrader.a", "one", "Long", "5"),
                        new Metatype.Key("org.papertrader.a", "two", "String[]", ""),
                        new Metatype.Key("org.papertrader.b", "one", "String", ""));
    }

    private static Set<Metatype.Key> documentedKeys(String text) {
        List<String> sections = Arrays.asList(text.split("(?m)(?=^#{2,3} )"));
        return sections.stream().flatMap(OperationsDocumentTest::keysOf).collect(Collectors.toSet());
    }

    private static Stream<Metatype.Key> keysOf(String section) {
        var pid = SECTION.matcher(section);
        return pid.lookingAt()
                ? ROW.matcher(section)
                        .results()
                        .map(row -> new Metatype.Key(
                                pid.group(1),
                                row.group(1),
                                row.group(2).strip(),
                                row.group(3).strip().replace("`", "")))
                : Stream.of();
    }
}
