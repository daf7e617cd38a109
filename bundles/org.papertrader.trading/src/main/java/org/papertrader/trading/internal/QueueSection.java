package org.papertrader.trading.internal;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What the shell's {@code status} shows of the queue of orders. */
public final class QueueSection {
    static final String SECTION_SCOPE = "status";
    static final String[] SECTION_FUNCTIONS = {"queue"};

    private static final long PATIENCE_MILLIS = 1_000;

    private final Supplier<CompletableFuture<QueueStatus>> status;

    QueueSection(Supplier<CompletableFuture<QueueStatus>> status) {
        this.status = status;
    }

    /** Numbers of orders; while they are loading, only that. */
    public Map<String, Object> queue() throws Exception {
        QueueStatus now = status.get().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("state", now.phase().toLowerCase(Locale.ROOT));
        if (!now.known()) {
            return section;
        }
        section.put("open", now.openOrders());
        section.put("settling", now.settling());
        section.put(
                "held",
                now.holds().stream()
                        .map(hold -> hold.symbol() == null
                                ? "all orders"
                                : hold.symbol().toString())
                        .toList());
        section.put("batchesWaiting", now.batchesWaiting());
        return section;
    }
}
