package org.papertrader.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssemblyTest {
    @TempDir
    Path folder;

    private Path features;
    private Path candidates;
    private Path home;

    @BeforeEach
    void lay() throws Exception {
        features = Files.createDirectory(folder.resolve("features"));
        candidates = Files.createDirectory(folder.resolve("candidates"));
        home = folder.resolve("home");
        feature("boot", "{\"id\":\"g:first:1\",\"start-order\":2}");
        feature("a", "{\"id\":\"g.h:x:1\"},{\"id\":\"g:n:jar:linux:2\"}");
        for (String file : List.of("g/first/1/first-1.jar", "g/h/x/1/x-1.jar", "g/n/2/n-2-linux.jar")) {
            artifact(file);
        }
    }

    @Test
    void takesExactlyWhatTheFeaturesName() throws Exception {
        artifact("g/unnamed/1/unnamed-1.jar");
        Files.createDirectories(home.resolve("repository"));
        Files.writeString(home.resolve("repository/left-over.jar"), "");
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/classes-1.jsa"), "");

        assembly().fill(home, List.of("a"), List.of("none"));

        try (var files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> home.relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "boot/02-first-1.jar",
                            "repository/g/a/1/a-1.osgifeature",
                            "repository/g/h/x/1/x-1.jar",
                            "repository/g/n/2/n-2-linux.jar");
        }
    }

    @Test
    void failsWhenAFeatureNamesWhatIsNotThere() throws Exception {
        feature("b", "{\"id\":\"g:gone:1\"}");

        assertThatThrownBy(() -> assembly().fill(home, List.of("a", "b"), List.of("none")))
                .isInstanceOf(AssemblyException.class)
                .hasMessageContaining("feature b names g:gone:1.jar");
        assertThatThrownBy(() -> assembly().check()).hasMessageContaining("b.json names g:gone:1.jar");
    }

    @Test
    void failsWhenThereIsABundleThatNoFeatureNames() throws Exception {
        assembly().check();
        artifact("g/unnamed/1/unnamed-1.jar");

        assertThatThrownBy(() -> assembly().check())
                .isInstanceOf(AssemblyException.class)
                .hasMessageContaining("unnamed-1.jar is a dependency of the features module, but no feature names it");
    }

    @Test
    void refusesWhatHasNoPlaceInTheDistribution() {
        assertThatThrownBy(() -> assembly().fill(home, List.of("a"), List.of("y|z", "x.*")))
                .isInstanceOf(AssemblyException.class)
                .hasMessageContaining("g.h:x:1.jar has no place");
    }

    @Test
    void refusesABundleNamedTwice() throws Exception {
        feature("a", "\"g.h:x:1\",{\"id\":\"g.h:x:1\"}");

        assertThatThrownBy(() -> assembly().check()).hasMessageContaining("names g.h:x:1.jar twice");
    }

    @Test
    void givesTheStartScriptItsName() throws Exception {
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("bin/papertrader"), "#!/bin/sh\n");

        Assembly.nameProgram(home, "papertrader-master");

        assertThat(home.resolve("bin/papertrader-master")).isExecutable();
        assertThat(home.resolve("bin/papertrader")).doesNotExist();
    }

    private Assembly assembly() {
        return new Assembly(features, candidates);
    }

    private void feature(String name, String bundles) throws Exception {
        Files.writeString(
                features.resolve(name + ".json"), "{\"id\":\"g:" + name + ":1\",\"bundles\":[" + bundles + "]}");
    }

    private void artifact(String file) throws Exception {
        Files.createDirectories(candidates.resolve(file).getParent());
        Files.writeString(candidates.resolve(file), "");
    }
}
