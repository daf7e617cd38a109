package org.papertrader.link.internal.secure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The first bytes of a link. */
@Tag("PRO-9")
class OpeningTest {
    @Test
    void anotherVersionIsNoOpening() {
        byte[] opening = Handshake.opening(Keys.WORKER);
        assertThat(Handshake.worker(opening)).contains(Keys.WORKER);
        for (int version : new int[] {0, 1, 3, 255}) {
            byte[] other = opening.clone();
            other[Handshake.MAGIC.length] = (byte) version;
            assertThat(Handshake.worker(other)).isEmpty();
        }
        assertThat(Handshake.worker(Arrays.copyOf(opening, opening.length - 1))).isEmpty();
    }
}
