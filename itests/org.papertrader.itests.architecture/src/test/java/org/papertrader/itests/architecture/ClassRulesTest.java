package org.papertrader.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.papertrader.trading.internal.BreaksEveryRule;

class ClassRulesTest {
    private static JavaClasses built;

    @BeforeAll
    static void readJars() {
        List<URL> jars = Repository.bundleFolders().stream()
                .map(Repository::jar)
                .map(ClassRulesTest::url)
                .toList();
        built = new ClassFileImporter().importUrls(jars);
    }

    static Stream<Named<ArchRule>> rules() {
        return Stream.of(
                Named.of("JDBC", ClassRules.JDBC_STAYS_IN_STORAGE),
                Named.of("framework", ClassRules.PUBLISHERS_ONLY_REGISTER),
                Named.of("components", ClassRules.COMPONENTS_ARE_FINAL));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void classesKeep(ArchRule rule) {
        rule.check(built);
    }

    /** Controls: a class that breaks the rule fails it. */
    @ParameterizedTest
    @MethodSource("rules")
    void whatBreaksIsFound(ArchRule rule) {
        JavaClasses bad = new ClassFileImporter().importClasses(BreaksEveryRule.class);
        assertThat(rule.evaluate(bad).hasViolation()).isTrue();
    }

    @Test
    void somethingIsLookedAt() {
        assertThat(built).hasSizeGreaterThan(400);
    }

    private static URL url(Path jar) {
        try {
            return new URL("jar:" + jar.toUri() + "!/");
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
