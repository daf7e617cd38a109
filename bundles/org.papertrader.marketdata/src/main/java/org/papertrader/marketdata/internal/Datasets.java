package org.papertrader.marketdata.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.papertrader.assets.api.Capabilities;
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
    private final Map<String, String> known = new ConcurrentHashMap<>();

    Datasets(StoreAccess store, CurrentValues values, History history) {
        this.store = store;
        this.values = values;
        this.history = history;
    }

    /** Looks at the data behind each source; without storage it is looked at again in the next interval. */
    void follow(List<Capabilities> sources) {
        for (Capabilities source : sources) {
            if (!source.dataset().isEmpty() && !source.dataset().equals(known.get(source.id()))) {
                follow(source);
            }
        }
    }

    private void follow(Capabilities source) {
        String key = STATE_PREFIX + source.id();
        Optional<Optional<String>> stored = store.tryRead(market -> market.state(key));
        if (stored.isEmpty()) {
            return;
        }
        boolean exchanged = stored.get().isPresent() && !stored.get().get().equals(source.dataset());
        if (exchanged) {
            LOG.warn("the data behind {} is another than before: its stored values are dropped", source.id());
            values.forget(source.id());
        }
        // The name is written last: when this breaks off, it is done again.
        boolean written = store.tryWrite(market -> {
            if (exchanged) {
                market.dropValues(source.id());
                market.dropStates(History.STATE_PREFIX);
            }
            market.putState(key, source.dataset());
        });
        if (written) {
            known.put(source.id(), source.dataset());
            history.forget();
        }
    }
}
