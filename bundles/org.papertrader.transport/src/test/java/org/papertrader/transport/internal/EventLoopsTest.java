package org.papertrader.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventLoopsTest {
    @Test
    void leavesAProcessorToOthersUnlessToldOtherwise() {
        assertThat(EventLoops.threads(0, 1)).isEqualTo(1);
        assertThat(EventLoops.threads(0, 2)).isEqualTo(1);
        assertThat(EventLoops.threads(0, 8)).isEqualTo(7);
        assertThat(EventLoops.threads(3, 2)).isEqualTo(3);
        assertThat(EventLoops.threads(1_000_000, 2)).isEqualTo(64);
        assertThat(EventLoops.threads(-1, 2)).isEqualTo(1);
    }
}
