package org.papertrader.protocol.internal;

import java.util.ArrayList;
import java.util.List;
import org.papertrader.model.Asset;
import org.papertrader.model.AssetInfo;
import org.papertrader.model.Bar;
import org.papertrader.model.Prediction;
import org.papertrader.model.Symbol;
import org.papertrader.protocol.api.Payload;

/** Layouts of market data. */
final class MarketPayloads {
    /** Bytes of a bar: two instants and five decimals. */
    static final int BAR_LENGTH = 61;

    private MarketPayloads() {}

    static void info(PayloadWriter out, AssetInfo info) {
        out.string(info.symbol().value());
        out.string(info.name());
        out.string(info.assetClass());
        out.string(info.source());
        out.optionalBar(info.current());
    }

    static AssetInfo info(PayloadReader in) {
        return new AssetInfo(symbol(in), in.string(), in.string(), in.string(), in.optionalBar());
    }

    static void current(PayloadWriter out, Asset asset) {
        out.string(asset.symbol().value());
        out.string(asset.source());
        out.bar(asset.bar());
    }

    static Asset current(PayloadReader in) {
        Symbol symbol = symbol(in);
        String source = in.string();
        return new Asset(symbol, in.bar(), source);
    }

    static void series(PayloadWriter out, Payload.Series series) {
        out.string(series.symbol().value());
        out.string(series.source());
        out.u16(BAR_LENGTH);
        out.u32(series.rows().size());
        for (Bar bar : series.rows()) {
            out.bar(bar);
        }
    }

    static Payload series(Payload.Stamp stamp, PayloadReader in) {
        Symbol symbol = symbol(in);
        String source = in.string();
        int rowSize = in.u16();
        if (rowSize < BAR_LENGTH) {
            throw PayloadReader.bad();
        }
        int count = in.rowCount(rowSize);
        List<Bar> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(in.part(rowSize).bar());
        }
        return new Payload.Series(stamp, symbol, source, rows);
    }

    static void prediction(PayloadWriter out, Prediction prediction) {
        out.string(prediction.symbol().value());
        out.price(prediction.value());
        out.price(prediction.low());
        out.price(prediction.high());
        out.u8(prediction.confidencePercent());
        out.instant(prediction.target());
        out.instant(prediction.asOf());
        out.string(prediction.method());
    }

    static Prediction prediction(PayloadReader in) {
        return new Prediction(
                symbol(in), in.price(), in.price(), in.price(), in.u8(), in.instant(), in.instant(), in.string());
    }

    static void assets(PayloadWriter out, List<AssetInfo> assets) {
        out.u32(OrderPayloads.pageSize(assets));
        for (AssetInfo asset : assets) {
            out.row(() -> info(out, asset));
        }
    }

    static Symbol symbol(PayloadReader in) {
        return new Symbol(in.string());
    }
}
