package org.papertrader.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void keepsEverythingInOneDirectoryByDefault() throws Exception {
        Options options = Options.parse(List.of());

        assertThat(options.task()).isEqualTo(Options.Task.RUN);
        assertThat(options.data()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(options.conf()).isEqualTo(options.data().resolve("conf"));
        assertThat(options.shell()).isFalse();
    }

    @Test
    void readsValuesAfterABlankOrAnEqualsSign() throws Exception {
        Options options = Options.parse(List.of("--data=/a/../b", "--conf", "/c", "--shell"));

        assertThat(options.data()).isEqualTo(Path.of("/b"));
        assertThat(options.conf()).isEqualTo(Path.of("/c"));
        assertThat(options.shell()).isTrue();
    }

    @Test
    void preparesOnlyWhenAsked() throws Exception {
        assertThat(Options.parse(List.of("--prepare", "--data=/a")).task()).isEqualTo(Options.Task.PREPARE);
    }

    @Test
    void lastOneWins() throws Exception {
        Options options = Options.parse(List.of("--data", "/a", "--shell", "--data", "/b", "--no-shell"));

        assertThat(options.data()).isEqualTo(Path.of("/b"));
        assertThat(options.shell()).isFalse();
    }

    @Test
    void keepsOverridesInOrder() throws Exception {
        Options options = Options.parse(List.of("--set", "a.b:c=d=e", "--set=f~g:h="));

        assertThat(options.overrides()).containsExactly("a.b:c=d=e", "f~g:h=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--set=a", "--set=a=b", "--set=:a=b", "--set=a:=b", "--data=", "--data", "what", "--what"})
    void refusesWhatItDoesNotUnderstand(String argument) {
        assertThatThrownBy(() -> Options.parse(List.of(argument)))
                .isInstanceOfSatisfying(
                        LaunchException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    }
}
