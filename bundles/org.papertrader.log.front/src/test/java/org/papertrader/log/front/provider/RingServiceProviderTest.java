package org.papertrader.log.front.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RingServiceProviderTest {

    private final RingServiceProvider provider = new RingServiceProvider();

    @Test
    void givesTheSameLoggerForTheSameName() {
        assertThat(provider.getLoggerFactory().getLogger("a"))
                .isSameAs(provider.getLoggerFactory().getLogger("a"))
                .isNotSameAs(provider.getLoggerFactory().getLogger("b"));
    }

    @Test
    void speaksTheApiOfSlf4j2() {
        provider.initialize();
        assertThat(provider.getRequestedApiVersion()).startsWith("2.0.");
        assertThat(provider.getMarkerFactory().getMarker("m").getName()).isEqualTo("m");
        provider.getMDCAdapter().put("k", "v");
        assertThat(provider.getMDCAdapter().get("k")).isEqualTo("v");
        provider.getMDCAdapter().clear();
    }
}
