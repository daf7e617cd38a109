package org.papertrader.assets.replay.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.papertrader.assets.api.AssetSource;
import org.papertrader.assets.testkit.AssetSourceContract;
import org.papertrader.model.Symbol;

/** The contract on made-up minutes of two assets, without any daily rows. */
class MinuteReplayContractTest extends AssetSourceContract {
    @Override
    protected AssetSource source() {
        StringBuilder csv = new StringBuilder("symbol,time,open,high,low,close,volume\n");
        LocalDate first = LocalDate.parse("2020-03-02");
        for (int day = 0; day < 10; day++) {
            for (int minute = 30; minute < 50; minute++) {
                for (String symbol : new String[] {"AAA", "BBB"}) {
                    csv.append("%s,%s 09:%d:00,10.%d,11,9.5,10.5,%d%n"
                            .formatted(symbol, first.plusDays(day), minute, minute, minute));
                }
            }
        }
        SessionTimes times = SessionTimes.parse("America/New_York", "16:00");
        CsvLoader loader = new CsvLoader(times, Map.of());
        byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
        try {
            loader.stream("minutes", new ByteArrayInputStream(bytes), Optional.empty(), "equity");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ReplaySource(loader.loaded().library());
    }

    @Override
    protected Set<Symbol> knownSymbols() {
        return Set.of(new Symbol("AAA"), new Symbol("BBB"));
    }

    @Override
    protected Instant asOf() {
        return Instant.parse("2020-03-09T13:45:30Z");
    }
}
