package org.papertrader.marketdata.internal;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the shell's {@code status} shows of the market. */
@Component(
        service = MarketSection.class,
        property = {"osgi.command.scope=status", "osgi.command.function=market"})
public final class MarketSection {
    private final MarketEngine engine;

    @Activate
    public MarketSection(@Reference MarketDataComponent component) {
        this.engine = component.engine();
    }

    /** Market time and intervals; null before the first. */
    public @Nullable Map<String, Object> market() {
        return engine.status()
                .map(status -> {
                    Map<String, Object> section = new LinkedHashMap<>();
                    section.put("time", status.marketTime().truncatedTo(ChronoUnit.SECONDS));
                    section.put("open", status.open());
                    section.put("acceleration", status.acceleration());
                    section.put("intervalMillis", status.interval().toMillis());
                    section.put("nextInterval", status.nextInterval().truncatedTo(ChronoUnit.SECONDS));
                    section.put("source", status.source());
                    return section;
                })
                .orElse(null);
    }
}
