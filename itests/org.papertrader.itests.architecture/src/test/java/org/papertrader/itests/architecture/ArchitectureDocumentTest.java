package org.papertrader.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/architecture.md names the bundles that there are (CARD-4). */
@Tag("CARD-3")
@Tag("CARD-4")
class ArchitectureDocumentTest {
    private static final String ROOT = "org.papertrader.";
    private static final Pattern NAME = Pattern.compile("`((?:[a-z0-9]+\\.)*[a-z0-9]+)`");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    @Test
    void theTableNamesEveryBundleAndNoOther() {
        assertThat(named(Repository.text("docs/architecture.md"))).isEqualTo(new TreeSet<>(Repository.bundleFolders()));
    }

    @Test
    void theReactorBuildsEveryBundleAndNoOther() {
        Set<String> modules = MODULE.matcher(Repository.text("bundles/pom.xml"))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(modules).isEqualTo(new TreeSet<>(Repository.bundleFolders()));
    }

    @Test
    void theFoldersOfTheSpecificationAreThere() {
        assertThat(Set.of("pom.xml", "bundles", "features", "distribution", "itests", "README.md"))
                .allSatisfy(name -> assertThat(Repository.root().resolve(name)).exists());
    }

    /** Control: the table is what is read, with and without the common prefix. */
    @Test
    void namesComeFromTheTableAlone() {
        String text = """
                `elsewhere` is not in the table.
                ## Modules of the specification and their bundles (CARD-4)
                | module | bundle | swap |
                |---|---|---|
                | A | `one` (embeds `two.api`), `org.papertrader.three` | I, S |

                `after` neither.
                """;
        assertThat(named(text)).containsExactly(ROOT + "one", ROOT + "three", ROOT + "two.api");
    }

    private static Set<String> named(String document) {
        return document.substring(document.indexOf("(CARD-4)"))
                .lines()
                .skip(1)
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> NAME.matcher(line).results())
                .map(match -> match.group(1))
                .map(name -> name.startsWith(ROOT) ? name : ROOT + name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
