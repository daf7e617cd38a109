package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinatesTest {

    @ParameterizedTest
    @ValueSource(strings = {"g.h:a:1.0", "g:a:zip:1.0", "g:a:jar:linux-x86_64:4.2.18.Final", "g:a:osgifeature:1+2"})
    void readsWhatItWrites(String text) {
        assertThat(Coordinates.parse(text).toString()).isEqualTo(text);
    }

    @Test
    void knowsThePathInARepository() {
        assertThat(Coordinates.parse("g.h:a:jar:linux:1.0").path()).isEqualTo("g/h/a/1.0/a-1.0-linux.jar");
        assertThat(Coordinates.feature("g", "f", "2").path()).isEqualTo("g/f/2/f-2.osgifeature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "g:a", "g:a:", "g:a:..", "../g:a:1", "g:a/b:1", "g:a:jar:c:1:2", "g:.a:1"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Coordinates.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ordersVersions() {
        List<String> ordered = List.of("0.9", "1.0-SNAPSHOT", "1.0-rc1", "1.0", "1.0.1", "1.2", "1.10", "2");
        assertThat(ordered).isSortedAccordingTo(MavenVersion.ORDER);
        assertThat(MavenVersion.ORDER.compare("1.10", "1.9")).isPositive();
    }
}
