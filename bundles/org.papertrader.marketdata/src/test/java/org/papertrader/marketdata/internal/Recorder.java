package org.papertrader.marketdata.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.papertrader.marketdata.api.IntervalParticipant;
import org.papertrader.marketdata.api.MarketStatus;
import org.papertrader.marketdata.api.PriceListener;
import org.papertrader.model.Asset;
import org.papertrader.model.Symbol;

/** Hears all that an engine tells. */
final class Recorder implements IntervalParticipant, PriceListener {
    /** What happened, in order. */
    final List<String> events = new CopyOnWriteArrayList<>();

    final List<Long> ids = new CopyOnWriteArrayList<>();
    final List<Map<Symbol, Asset>> settled = new CopyOnWriteArrayList<>();
    final List<Boolean> open = new CopyOnWriteArrayList<>();
    final List<List<Asset>> changes = new CopyOnWriteArrayList<>();
    final List<MarketStatus> statuses = new CopyOnWriteArrayList<>();

    @Override
    public void cut(long intervalId) {
        events.add("cut");
        ids.add(intervalId);
    }

    @Override
    public void settle(long intervalId, Map<Symbol, Asset> prices, boolean marketOpen) {
        events.add("settle");
        assertThat(intervalId).isEqualTo(ids.get(ids.size() - 1));
        settled.add(prices);
        open.add(marketOpen);
    }

    @Override
    public void prices(List<Asset> changed, MarketStatus status) {
        events.add("prices on " + Thread.currentThread().getName());
        changes.add(changed);
        statuses.add(status);
    }

    static Recorder at(EngineFixture fixture) {
        Recorder recorder = new Recorder();
        fixture.gates.participants().bind(recorder, Map.of());
        fixture.gates.listeners().bind(recorder, Map.of());
        return recorder;
    }
}
