package org.papertrader.marketdata.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.marketdata.internal.Coverage.Span;

@Tag("PRO-17")
class CoverageTest {
    private static final int SECONDS = 60;

    @Test
    void onlyWhatIsMissingIsAskedFor() {
        Coverage coverage = Coverage.NONE.plus(span(10, 20), "a").plus(span(30, 40), "b");
        assertThat(coverage.missing(span(5, 50))).containsExactly(span(5, 10), span(20, 30), span(40, 50));
        assertThat(coverage.missing(span(12, 18))).isEmpty();
        assertThat(coverage.missing(span(15, 35))).containsExactly(span(20, 30));
        assertThat(coverage.source()).isEqualTo("b");
    }

    @Test
    void survivesItsText() {
        Coverage coverage = Coverage.NONE.plus(span(10, 20), "replay").plus(span(30, 40), "replay");
        assertThat(Coverage.parse(coverage.toText())).contains(coverage);
        assertThat(Coverage.parse(Coverage.NONE.toText())).contains(Coverage.NONE);
        assertThat(Coverage.parse("replay nonsense")).isEmpty();
        assertThat(Coverage.parse("replay a/b")).isEmpty();
    }

    @Test
    void itsTextFitsIntoTheStoreHoweverScattered() {
        Coverage coverage = Coverage.NONE;
        Instant base = Instant.parse("2016-01-04T14:30:00.123456Z");
        for (int i = 0; i < 500; i++) {
            coverage = coverage.plus(new Span(base.plusSeconds(i * 1_000L), base.plusSeconds(i * 1_000L + 1 + i)), "s");
        }
        assertThat(coverage.spans()).hasSize(Coverage.SPANS_MAX);
        assertThat(coverage.toText()).hasSizeLessThanOrEqualTo(4_000);
    }

    @Test
    void agreesWithTickingOffSeconds() {
        long seed = 1_234;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            Coverage coverage = Coverage.NONE;
            boolean[] covered = new boolean[SECONDS + 1];
            for (int i = 0; i < 1 + random.nextInt(8); i++) {
                Span added = randomSpan(random);
                coverage = coverage.plus(added, "x");
                tick(covered, added);
            }
            Span wanted = randomSpan(random);
            boolean[] after = covered.clone();
            for (Span gap : coverage.missing(wanted)) {
                assertThat(gap.isEmpty()).isFalse();
                for (int second = second(gap.after()) + 1; second <= second(gap.until()); second++) {
                    assertThat(after[second])
                            .as("seed %d round %d: asked twice", seed, round)
                            .isFalse();
                    after[second] = true;
                }
            }
            tick(covered, wanted);
            assertThat(after).as("seed %d round %d", seed, round).isEqualTo(covered);
        }
    }

    private static void tick(boolean[] covered, Span span) {
        for (int second = second(span.after()) + 1; second <= second(span.until()); second++) {
            covered[second] = true;
        }
    }

    private static Span randomSpan(Random random) {
        int from = random.nextInt(SECONDS);
        return span(from, from + random.nextInt(SECONDS - from + 1));
    }

    private static int second(Instant instant) {
        return (int) instant.getEpochSecond();
    }

    private static Span span(int after, int until) {
        return new Span(Instant.ofEpochSecond(after), Instant.ofEpochSecond(until));
    }
}
