package org.papertrader.marketdata.internal;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.papertrader.assets.api.Capabilities.Quota;

/**
 * Counts calls against one limit over a sliding window, in twelfths of the window, so that the limit holds wherever the
 * provider's own window begins. Not thread-safe.
 */
final class QuotaWindow {
    private static final int SLICES = 12;

    private final Quota quota;
    private final long sliceMillis;
    private final Map<Long, Integer> calls = new TreeMap<>();

    QuotaWindow(Quota quota) {
        this.quota = quota;
        this.sliceMillis = Math.max(1, quota.window().toMillis() / SLICES);
    }

    /** How many calls are left now. */
    int left(long nowMillis) {
        forget(nowMillis);
        return quota.calls()
                - calls.values().stream().mapToInt(Integer::intValue).sum();
    }

    boolean isUsed(long nowMillis) {
        return left(nowMillis) < quota.calls();
    }

    void take(long nowMillis) {
        calls.merge(nowMillis / sliceMillis, 1, Integer::sum);
    }

    /** When a call is free again, if none is now. */
    long freeAt(long nowMillis) {
        forget(nowMillis);
        long oldest = calls.keySet().stream().findFirst().orElse(nowMillis / sliceMillis - SLICES - 1);
        return (oldest + SLICES + 1) * sliceMillis;
    }

    /** A slice counts until its very last call is a whole window old. */
    private void forget(long nowMillis) {
        long first = nowMillis / sliceMillis - SLICES;
        Iterator<Long> slices = calls.keySet().iterator();
        while (slices.hasNext() && slices.next() < first) {
            slices.remove();
        }
    }

    /** The window's length, then the slices that have calls: {@code 60000:123=4,124=1}. */
    String toText() {
        StringBuilder text = new StringBuilder(Long.toString(quota.window().toMillis())).append(':');
        calls.forEach(
                (slice, count) -> text.append(slice).append('=').append(count).append(','));
        return text.toString();
    }

    /** Takes over what was stored of a window of the same length. */
    void restore(String text) {
        int colon = text.indexOf(':');
        if (colon < 0
                || !text.substring(0, colon).equals(Long.toString(quota.window().toMillis()))) {
            return;
        }
        for (String slice : text.substring(colon + 1).split(",", -1)) {
            int equals = slice.indexOf('=');
            if (equals > 0) {
                calls.put(Long.parseLong(slice.substring(0, equals)), Integer.parseInt(slice.substring(equals + 1)));
            }
        }
    }
}
