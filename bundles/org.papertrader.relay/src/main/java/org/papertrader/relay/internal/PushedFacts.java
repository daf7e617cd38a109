package org.papertrader.relay.internal;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.papertrader.cache.api.CacheKey;
import org.papertrader.cache.api.CachedPayload;
import org.papertrader.cache.api.PayloadCache;
import org.papertrader.gate.Gate;
import org.papertrader.gate.UnavailableException;
import org.papertrader.link.api.LinkDownException;
import org.papertrader.link.api.LinkListener;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.MasterFacts;
import org.papertrader.marketdata.api.MarketStatus;
import org.papertrader.model.Asset;
import org.papertrader.model.Caller;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.protocol.api.ServerInfo;

/**
 * What the master pushed last: the market, which also refreshes the cache so that current values are answered without
 * asking (PRO-17), and the list of workers.
 */
@Component(
        service = {PushedFacts.class, MasterFacts.class, LinkListener.class},
        property = "side=worker")
public final class PushedFacts implements MasterFacts, LinkListener {
    private final MasterCalls master;
    private final Clock clock;
    private final Gate<PayloadCache> cacheGate = new Gate<>("cache");
    private volatile LinkPush.@Nullable Market market;
    private volatile Return.@Nullable Workers workers;

    @Activate
    public PushedFacts(@Reference MasterCalls master) {
        this(master, Clock.systemUTC());
    }

    PushedFacts(MasterCalls master, Clock clock) {
        this.master = master;
        this.clock = clock;
    }

    @Reference(
            name = "cache",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindCache(PayloadCache cache, Map<String, Object> properties) {
        cacheGate.bind(cache, properties);
    }

    void unbindCache(PayloadCache cache) {
        cacheGate.unbind(cache);
    }

    @Override
    public void up() {
        // The master's welcome follows as pushes.
    }

    @Override
    public void down() {
        // What was pushed stays: it is the best that is known.
    }

    @Override
    public void pushed(LinkPush push) {
        if (push instanceof LinkPush.Market pushed) {
            market = pushed;
            refreshCache(pushed);
        } else if (push instanceof LinkPush.WorkerList list) {
            workers = list.workers();
        }
    }

    @Override
    public CompletionStage<ServerInfo> serverInfo() {
        LinkPush.Market known = market;
        return known != null
                ? CompletableFuture.completedFuture(upToDate(known.info()))
                : ask(new Request.GetServerInfo(), Return.ServerInfoReturn.class)
                        .thenApply(Return.ServerInfoReturn::info);
    }

    @Override
    public CompletionStage<Return.Workers> workers() {
        Return.Workers known = workers;
        return known != null
                ? CompletableFuture.completedFuture(known)
                : ask(new Request.GetWorkers(), Return.Workers.class);
    }

    /** The market as pushed, its time brought up to now; empty before the first push. */
    Optional<MarketStatus> status() {
        LinkPush.Market known = market;
        if (known == null) {
            return Optional.empty();
        }
        ServerInfo.Market now = upToDate(known.info()).market();
        return Optional.of(new MarketStatus(
                now.time(), now.acceleration(), now.updateInterval(), now.nextInterval(), now.open(), known.source()));
    }

    /** Market time moves on between pushes, but never further than the next interval: that is the master's to say. */
    private ServerInfo upToDate(ServerInfo info) {
        Instant now = clock.instant();
        ServerInfo.Market market = info.market();
        Duration passed = Duration.between(info.serverTime(), now);
        Duration most = Duration.between(info.serverTime(), market.nextInterval());
        Duration counted = passed.compareTo(most) < 0 ? passed : most;
        Instant time = counted.isNegative() || !market.open()
                ? market.time()
                : market.time().plus(counted.multipliedBy(market.acceleration()));
        return new ServerInfo(
                info.versions(),
                info.software(),
                info.role(),
                info.realm(),
                info.currency(),
                now,
                new ServerInfo.Market(
                        time, market.acceleration(), market.open(), market.updateInterval(), market.nextInterval()),
                info.terms(),
                info.limits());
    }

    private void refreshCache(LinkPush.Market pushed) {
        Payload.Stamp stamp = Payload.Stamp.until(
                pushed.info().serverTime(), pushed.info().market().nextInterval());
        try {
            for (Asset asset : pushed.changed()) {
                MasterCalls.Encoded encoded = master.encode(new Payload.CurrentValue(stamp, asset));
                CacheKey key = new CacheKey(
                        encoded.version(),
                        Instruction.GET_ASSET_VALUE_CURRENT.number(),
                        asset.symbol().value().getBytes(StandardCharsets.UTF_8));
                CachedPayload payload =
                        new CachedPayload(encoded.bytes(), stamp.freshUntil().toEpochMilli());
                cacheGate.call(cache -> {
                    cache.put(key, payload);
                    return payload;
                });
            }
        } catch (UnavailableException e) {
            // Cache or codec are being swapped: clients' reads fill the cache again.
            return;
        }
    }

    private <R extends Return> CompletionStage<R> ask(Request request, Class<R> kind) {
        Caller nobody =
                new Caller(SessionId.NONE, InetAddress.getLoopbackAddress(), new UUID(0, 0), 0, clock.instant());
        return master.forward(nobody, request).thenApply(reply -> {
            if (reply instanceof LinkReply.Answer answer && kind.isInstance(answer.answer())) {
                return kind.cast(answer.answer());
            }
            throw new LinkDownException();
        });
    }
}
