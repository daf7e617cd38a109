package org.papertrader.relay.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.marketdata.api.AssetListQuery;
import org.papertrader.marketdata.api.AssetListReply;
import org.papertrader.marketdata.api.Freshness;
import org.papertrader.marketdata.api.MarketData;
import org.papertrader.marketdata.api.MarketQuery;
import org.papertrader.marketdata.api.MarketReply;
import org.papertrader.marketdata.api.MarketStatus;
import org.papertrader.model.Caller;
import org.papertrader.protocol.api.AsOf;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.Request;

/** A worker's market data: what its cache does not have, it asks the master for (PRO-16). */
@Component(service = MarketData.class, property = "side=worker")
public final class RelayedMarketData implements MarketData {
    private static final Instant LAST = Instant.parse("2199-12-31T23:59:59.999Z");

    private final MasterCalls master;
    private final PushedFacts facts;

    /** Both are of this bundle and live and die with it, so they need no gate. */
    @Activate
    public RelayedMarketData(@Reference MasterCalls master, @Reference PushedFacts facts) {
        this.master = master;
        this.facts = facts;
    }

    @Override
    public CompletionStage<MarketReply> query(Caller caller, MarketQuery query) {
        return Replies.payload(master, caller, request(query), RelayedMarketData::reply, MarketReply.Refused::new);
    }

    @Override
    public CompletionStage<AssetListReply> list(Caller caller, AssetListQuery query) {
        Request request = new Request.ListAssets(query.prefix(), Optional.ofNullable(query.after()));
        return Replies.<AssetListReply>payload(
                master,
                caller,
                request,
                payload -> payload instanceof Payload.AssetPage page
                        ? Optional.of(new AssetListReply.Page(page.rows(), page.more(), freshness(page.stamp())))
                        : Optional.empty(),
                AssetListReply.Refused::new);
    }

    @Override
    public Optional<MarketStatus> status() {
        return facts.status();
    }

    private static Request request(MarketQuery query) {
        if (query instanceof MarketQuery.Info info) {
            return new Request.GetAssetInfo(info.symbol());
        } else if (query instanceof MarketQuery.Current current) {
            return new Request.GetAssetValueCurrent(current.symbol());
        } else if (query instanceof MarketQuery.Day day) {
            return new Request.GetAssetValueDay(day.symbol(), at(day.until()));
        } else if (query instanceof MarketQuery.Week week) {
            return new Request.GetAssetValueWeek(week.symbol(), at(week.until()));
        } else if (query instanceof MarketQuery.Month month) {
            return new Request.GetAssetValueMonth(month.symbol(), at(month.until()));
        } else if (query instanceof MarketQuery.Year year) {
            return new Request.GetAssetValueYear(year.symbol(), at(year.until()));
        } else if (query instanceof MarketQuery.AllTime all) {
            return new Request.GetAssetValueAllTime(all.symbol());
        }
        MarketQuery.Predicted predicted = (MarketQuery.Predicted) query;
        return new Request.GetAssetValuePredicted(predicted.symbol(), at(predicted.target()));
    }

    /** The last day ends when its year does, behind what the protocol can say. */
    private static AsOf at(Instant instant) {
        return new AsOf.At(instant.isAfter(LAST) ? LAST : instant);
    }

    private static Optional<MarketReply> reply(Payload payload) {
        Freshness freshness = freshness(payload.stamp());
        if (payload instanceof Payload.AssetDetails details) {
            return Optional.of(new MarketReply.Info(details.info(), freshness));
        } else if (payload instanceof Payload.CurrentValue current) {
            return Optional.of(new MarketReply.Current(current.asset(), freshness));
        } else if (payload instanceof Payload.Series series) {
            return Optional.of(new MarketReply.Series(series.symbol(), series.rows(), series.source(), freshness));
        } else if (payload instanceof Payload.Predicted predicted) {
            return Optional.of(new MarketReply.Predicted(predicted.prediction(), freshness));
        }
        return Optional.empty();
    }

    private static Freshness freshness(Payload.Stamp stamp) {
        return new Freshness(stamp.asOf(), stamp.freshUntil());
    }
}
