package org.papertrader.gateway.internal;

import java.net.InetAddress;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.papertrader.cache.api.CacheKey;
import org.papertrader.cache.api.CachedPayload;
import org.papertrader.cache.api.PayloadCache;
import org.papertrader.gate.Edge;
import org.papertrader.gate.Lease;
import org.papertrader.marketdata.api.AssetListQuery;
import org.papertrader.marketdata.api.AssetListReply;
import org.papertrader.marketdata.api.Freshness;
import org.papertrader.marketdata.api.MarketData;
import org.papertrader.marketdata.api.MarketQuery;
import org.papertrader.marketdata.api.MarketReply;
import org.papertrader.model.Caller;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.Payload.Stamp;
import org.papertrader.protocol.api.Request;

/**
 * Reads of market data: from the cache where it is fresh, otherwise through the service, once however many ask
 * (PRO-16, PRO-17). While the master is away, old values are answered and marked as such.
 */
final class MarketReads {
    private final Backend backend;
    private final Edge edge;
    private final Clock clock;
    private final Map<CacheKey, CompletableFuture<Read>> underWay = new ConcurrentHashMap<>();

    /** What came of a read: bytes or a refusal. */
    sealed interface Read {
        /** The finished payload. */
        record Found(byte[] payload) implements Read {}

        /** No value, and why. */
        record Refused(Refusal refusal) implements Read {}
    }

    MarketReads(Backend backend, Edge edge, Clock clock) {
        this.backend = backend;
        this.edge = edge;
        this.clock = clock;
    }

    /** True for instructions whose replies are the same for everybody. */
    static boolean isCached(Instruction instruction) {
        return instruction.number() >= Instruction.GET_ASSET_INFO.number()
                && instruction.number() <= Instruction.GET_ASSET_VALUE_PREDICTED.number();
    }

    static boolean isMarketData(Instruction instruction) {
        return isCached(instruction) || instruction == Instruction.LIST_ASSETS;
    }

    /** The fresh payload that answers this frame, or null. The path of a cached read: nothing here waits. */
    byte @Nullable [] cached(FrameView frame, long nowMillis) {
        Lease<PayloadCache> lease = backend.cache.tryLease();
        if (lease == null) {
            return null;
        }
        try (lease) {
            CacheKey key = new CacheKey(frame.version(), frame.instruction(), frame.copyArguments());
            CachedPayload found = lease.service().get(key, nowMillis);
            return found != null && found.freshUntilMillis() > nowMillis ? found.bytes() : null;
        }
    }

    /** Reads through the service. */
    CompletionStage<Read> read(ClientRequest request, Request decoded, InetAddress client) {
        CacheKey key = new CacheKey(request.version(), request.instruction().number(), request.arguments());
        CompletableFuture<Read> mine = new CompletableFuture<>();
        CompletableFuture<Read> running = underWay.putIfAbsent(key, mine);
        if (running != null) {
            return running;
        }
        ask(request.caller(client), decoded)
                .thenApply(reply -> keep(key, reply))
                .whenComplete((read, failure) -> {
                    underWay.remove(key);
                    if (failure == null) {
                        mine.complete(read);
                    } else {
                        mine.completeExceptionally(failure);
                    }
                });
        return mine;
    }

    private CompletionStage<Answer> ask(Caller caller, Request request) {
        if (request instanceof Request.ListAssets list) {
            AssetListQuery query =
                    new AssetListQuery(list.prefix(), list.after().orElse(null));
            return edge.<MarketData, AssetListReply>call(backend.marketData, true, m -> m.list(caller, query))
                    .thenApply(MarketReads::listed);
        }
        MarketQuery query = query(request);
        return edge.<MarketData, MarketReply>call(backend.marketData, true, m -> m.query(caller, query))
                .thenApply(MarketReads::answer);
    }

    private Read keep(CacheKey key, Answer answer) {
        if (answer instanceof Answer.Data data) {
            byte[] bytes = backend.codec.call(codec -> codec.encode(data.payload()));
            long freshUntil = data.payload().stamp().freshUntil().toEpochMilli();
            if (freshUntil > clock.millis()) {
                put(key, new CachedPayload(bytes, freshUntil));
            }
            return new Read.Found(bytes);
        }
        Refusal refusal = ((Answer.No) answer).refusal();
        byte[] old = refusal.code() == ReasonCode.MASTER_UNAVAILABLE ? stale(key) : null;
        return old == null ? new Read.Refused(refusal) : new Read.Found(old);
    }

    private void put(CacheKey key, CachedPayload payload) {
        Lease<PayloadCache> lease = backend.cache.tryLease();
        if (lease != null) {
            try (lease) {
                lease.service().put(key, payload);
            }
        }
    }

    private byte @Nullable [] stale(CacheKey key) {
        Lease<PayloadCache> lease = backend.cache.tryLease();
        if (lease == null) {
            return null;
        }
        try (lease) {
            CachedPayload old = lease.service().get(key, clock.millis());
            return old == null ? null : backend.codec.call(codec -> codec.markStale(old.bytes()));
        }
    }

    private static MarketQuery query(Request request) {
        if (request instanceof Request.GetAssetInfo info) {
            return new MarketQuery.Info(info.symbol());
        } else if (request instanceof Request.GetAssetValueCurrent current) {
            return new MarketQuery.Current(current.symbol());
        } else if (request instanceof Request.GetAssetValueDay day) {
            return new MarketQuery.Day(day.symbol(), day.asOf().end());
        } else if (request instanceof Request.GetAssetValueWeek week) {
            return new MarketQuery.Week(week.symbol(), week.asOf().end());
        } else if (request instanceof Request.GetAssetValueMonth month) {
            return new MarketQuery.Month(month.symbol(), month.asOf().end());
        } else if (request instanceof Request.GetAssetValueYear year) {
            return new MarketQuery.Year(year.symbol(), year.asOf().end());
        } else if (request instanceof Request.GetAssetValueAllTime all) {
            return new MarketQuery.AllTime(all.symbol());
        }
        Request.GetAssetValuePredicted predicted = (Request.GetAssetValuePredicted) request;
        return new MarketQuery.Predicted(predicted.symbol(), predicted.asOf().end());
    }

    private static Answer answer(MarketReply reply) {
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
