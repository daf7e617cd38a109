package org.papertrader.marketdata.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.papertrader.assets.api.Capabilities;
import org.papertrader.storage.api.MarketStore.BarKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the values of one data set apart from those of another: when the data behind a source was exchanged, what is
 * known and stored of the old is dropped, and its history is asked for anew. Used by the interval thread.
 */
final class Datasets {
    private static final Logger LOG = LoggerFactory.getLogger(Datasets.class);
    private static final String STATE_PREFIX = "dataset.";

    private final StoreAccess store;
    private final CurrentValues values;
    private final History history;
    private final BooleanSupplier stopping;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    /** Sources whose old values are not yet dropped, and their new data; also of those that have gone meanwhile. */
    private final Map<String, String> exchanged = new LinkedHashMap<>();

    /** @param stopping true when dropping is to be left to the next start */
    Datasets(StoreAccess store, CurrentValues values, History history, BooleanSupplier stopping) {
        this.store = store;
        this.values = values;
        this.history = history;
        this.stopping = stopping;
    }

    /** Looks at the data behind each source; without storage it is looked at again in the next interval. */
    void follow(List<Capabilities> sources) {
        for (Capabilities source : sources) {
            if (!source.dataset().isEmpty() && !source.dataset().equals(known.get(source.id()))) {
                follow(source);
            }
        }
        exchanged.entrySet().removeIf(source -> replace(source.getKey(), source.getValue()));
        if (exchanged.isEmpty()) {
            history.era().begin();
        }
    }

    private void follow(Capabilities source) {
        Optional<Optional<String>> stored = store.tryRead(market -> market.state(key(source.id())));
        if (stored.isEmpty()) {
            return;
        }
        String before = stored.get().orElse(source.dataset());
        if (!before.equals(source.dataset()) || exchanged.containsKey(source.id())) {
            if (exchanged.put(source.id(), source.dataset()) == null) {
                LOG.warn("the data behind {} is another than before: its stored values are dropped", source.id());
            }
            values.forget(source.id());
            history.era().end();
        } else if (store.tryWrite(market -> market.putState(key(source.id()), source.dataset()))) {
            known.put(source.id(), source.dataset());
            history.forget();
        }
    }

    /** The name of the data is written last: when this breaks off, it is done again. */
    private boolean replace(String source, String dataset) {
        boolean replaced = drop(source) && store.tryWrite(market -> market.putState(key(source), dataset));
        if (replaced) {
            known.put(source, dataset);
            history.forget();
            LOG.info("the old values of {} are dropped", source);
        }
        return replaced;
    }

    /** Before the first bar goes, nothing says any more that a series is complete. */
    private boolean drop(String source) {
        if (!store.tryWrite(market -> market.dropStates(History.STATE_PREFIX))) {
            return false;
        }
        BarKey dropped = null;
        do {
            BarKey after = dropped;
            Optional<Optional<BarKey>> answer = store.tryRead(market -> market.dropValues(source, after));
            if (answer.isEmpty()) {
                return false;
            }
            dropped = answer.get().orElse(null);
        } while (dropped != null && !stopping.getAsBoolean());
        return dropped == null;
    }

    private static String key(String source) {
        return STATE_PREFIX + source;
    }
}
