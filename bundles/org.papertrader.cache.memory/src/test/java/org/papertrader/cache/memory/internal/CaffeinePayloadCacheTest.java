package org.papertrader.cache.memory.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.cache.api.CacheKey;
import org.papertrader.cache.api.CachedPayload;
import org.papertrader.metrics.api.Readings;

@Tag("WRK-7")
@Tag("PRO-17")
class CaffeinePayloadCacheTest {
    private static final long NOW = 1_000_000;

    private final CaffeinePayloadCache cache = new CaffeinePayloadCache(65_536);

    @Test
    void findsAPayloadByCodecVersionInstructionAndArguments() {
        cache.put(key(1, 101, "AAPL"), new CachedPayload(new byte[] {1}, NOW + 1));
        assertThat(cache.get(key(1, 101, "AAPL"), NOW).bytes()).containsExactly(1);
        assertThat(cache.get(key(2, 101, "AAPL"), NOW)).isNull();
        assertThat(cache.get(key(1, 102, "AAPL"), NOW)).isNull();
        assertThat(cache.get(key(1, 101, "AAP"), NOW)).isNull();
    }

    @Test
    void keepsStalePayloadsButCountsThemAsMisses() {
        cache.put(key(1, 101, "AAPL"), new CachedPayload(new byte[] {1}, NOW));
        assertThat(cache.get(key(1, 101, "AAPL"), NOW)).isNotNull();
        assertThat(cache.stats().hits()).isZero();
        assertThat(cache.stats().misses()).isEqualTo(1);
    }

    @Test
    @Tag("DS-8")
    void tellsItsNumbers() {
        cache.put(key(1, 101, "AAPL"), new CachedPayload(new byte[] {1}, NOW + 1));
        cache.get(key(1, 101, "AAPL"), NOW);
        cache.get(key(1, 101, "AAPL"), NOW);
        cache.get(key(1, 101, "NONE"), NOW);
        Readings readings = Readings.of(new CacheMetrics(cache));
        assertThat(readings.value("papertrader_cache_hits_total", Map.of())).isEqualTo(2);
        assertThat(readings.value("papertrader_cache_misses_total", Map.of())).isEqualTo(1);
        assertThat(readings.value("papertrader_cache_entries", Map.of())).isEqualTo(1);
        assertThat(readings.value("papertrader_cache_bytes", Map.of())).isPositive();
    }

    @Test
    void neverHoldsMoreThanItsBound() {
        for (int i = 0; i < 1_000; i++) {
            cache.put(key(1, 101, "S" + i), new CachedPayload(new byte[1_000], NOW + 1));
        }
        assertThat(cache.stats().weightBytes()).isLessThanOrEqualTo(65_536);
        assertThat(cache.stats().evictions()).isPositive();
    }

    @Test
    void forgetsWhatIsEvicted() {
        cache.put(key(1, 101, "AAPL"), new CachedPayload(new byte[] {1}, NOW + 1));
        cache.evict(key(1, 101, "AAPL"));
        assertThat(cache.get(key(1, 101, "AAPL"), NOW)).isNull();
    }

    private static CacheKey key(int version, int instruction, String arguments) {
        return new CacheKey(version, instruction, arguments.getBytes(StandardCharsets.UTF_8));
    }
}
