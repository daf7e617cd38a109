package org.papertrader.workermanagement.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastingProblemsTest {
    private static final long LASTS = 10_000;
    private static final long NOW = Long.MAX_VALUE - 5_000;

    private final LastingProblems problems = new LastingProblems(Duration.ofNanos(LASTS));

    @Test
    void keepsQuietAboutWhatGoesAway() {
        assertThat(problems.toTell(List.of("a"), NOW)).isEmpty();
        assertThat(problems.hasNew()).isTrue();
        assertThat(problems.toTell(List.of("a"), NOW + LASTS - 1)).isEmpty();
        assertThat(problems.toTell(List.of(), NOW + LASTS)).isEmpty();
        assertThat(problems.hasNew()).isFalse();
        assertThat(problems.toTell(List.of("a"), NOW + LASTS + 1)).isEmpty();
    }

    @Test
    void tellsOnceWhatLasts() {
        problems.toTell(List.of("a"), NOW);
        problems.toTell(List.of("b", "a"), NOW + 1);

        assertThat(problems.toTell(List.of("b", "a"), NOW + LASTS)).containsExactly("a");
        assertThat(problems.hasNew()).isTrue();
        assertThat(problems.toTell(List.of("b", "a"), NOW + LASTS + 1)).containsExactly("b");
        assertThat(problems.hasNew()).isFalse();
        assertThat(problems.toTell(List.of("b", "a"), NOW + 3 * LASTS)).isEmpty();
    }

    @Test
    void tellsAgainWhatCameBackAndLasts() {
        problems.toTell(List.of("a"), NOW);
        problems.toTell(List.of("a"), NOW + LASTS);
        problems.toTell(List.of(), NOW + LASTS);
        problems.toTell(List.of("a"), NOW + LASTS);

        assertThat(problems.toTell(List.of("a"), NOW + 2 * LASTS)).containsExactly("a");
    }
}
