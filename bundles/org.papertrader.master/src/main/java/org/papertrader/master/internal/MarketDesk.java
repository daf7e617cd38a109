package org.papertrader.master.internal;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.papertrader.gate.Edge;
import org.papertrader.marketdata.api.AssetListQuery;
import org.papertrader.marketdata.api.AssetListReply;
import org.papertrader.marketdata.api.Freshness;
import org.papertrader.marketdata.api.MarketQuery;
import org.papertrader.marketdata.api.MarketReply;
import org.papertrader.model.Caller;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.Payload.Stamp;
import org.papertrader.protocol.api.Request;

/**
 * Values of assets. They need an active session (PRO-2), which the master checks itself; a worker may also get on its
 * own account (PRO-16), which it tells by no session at all.
 */
final class MarketDesk extends Desk {
    private final AccountDesk sessions;

    MarketDesk(Modules modules, Supplier<Edge> edge, Clock clock, AccountDesk sessions) {
        super(modules, edge, clock);
        this.sessions = sessions;
    }

    @Override
    CompletionStage<Answer> handle(Caller caller, Request request) {
        if (caller.session().isNone()) {
            return read(caller, request);
        }
        return sessions.check(caller)
                .thenCompose(check -> check instanceof Answer.Granted
                        ? read(caller, request)
                        : CompletableFuture.completedFuture(check));
    }

    private CompletionStage<Answer> read(Caller caller, Request request) {
        if (request instanceof Request.ListAssets list) {
            AssetListQuery query =
                    new AssetListQuery(list.prefix(), list.after().orElse(null));
            return ask(modules.marketData(), true, market -> market.list(caller, query), MarketDesk::listed);
        }
        MarketQuery query = query(request);
        return ask(modules.marketData(), true, market -> market.query(caller, query), MarketDesk::found);
    }

    private static MarketQuery query(Request request) {
        return switch (request.instruction()) {
            case GET_ASSET_INFO -> new MarketQuery.Info(((Request.OfAsset) request).symbol());
            case GET_ASSET_VALUE_CURRENT -> new MarketQuery.Current(((Request.OfAsset) request).symbol());
            case GET_ASSET_VALUE_ALL_TIME -> new MarketQuery.AllTime(((Request.OfAsset) request).symbol());
            default -> dated((Request.Dated) request);
        };
    }

    private static MarketQuery dated(Request.Dated request) {
        return switch (request.instruction()) {
            case GET_ASSET_VALUE_DAY ->
                new MarketQuery.Day(request.symbol(), request.asOf().end());
            case GET_ASSET_VALUE_WEEK ->
                new MarketQuery.Week(request.symbol(), request.asOf().end());
            case GET_ASSET_VALUE_MONTH ->
                new MarketQuery.Month(request.symbol(), request.asOf().end());
            case GET_ASSET_VALUE_YEAR ->
                new MarketQuery.Year(request.symbol(), request.asOf().end());
            default ->
                new MarketQuery.Predicted(request.symbol(), request.asOf().end());
        };
    }

    private static Answer found(MarketReply reply) {
        if (reply instanceof MarketReply.Info info) {
            return new Answer.Data(new Payload.AssetDetails(stamp(info.freshness()), info.info()));
        } else if (reply instanceof MarketReply.Current current) {
            return new Answer.Data(new Payload.CurrentValue(stamp(current.freshness()), current.asset()));
        } else if (reply instanceof MarketReply.Series series) {
            return new Answer.Data(
                    new Payload.Series(stamp(series.freshness()), series.symbol(), series.source(), series.bars()));
        } else if (reply instanceof MarketReply.Predicted predicted) {
            return new Answer.Data(new Payload.Predicted(stamp(predicted.freshness()), predicted.prediction()));
        }
        return new Answer.No(((MarketReply.Refused) reply).refusal());
    }

    private static Answer listed(AssetListReply reply) {
        return reply instanceof AssetListReply.Page page
                ? new Answer.Data(new Payload.AssetPage(stamp(page.freshness()), page.more(), page.assets()))
                : new Answer.No(((AssetListReply.Refused) reply).refusal());
    }

    private static Stamp stamp(Freshness freshness) {
        return Stamp.until(freshness.asOf(), freshness.freshUntil());
    }
}
