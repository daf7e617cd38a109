package org.papertrader.master.internal;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.papertrader.gate.Gate;
import org.papertrader.link.api.LinkPush;
import org.papertrader.marketdata.api.MarketStatus;
import org.papertrader.marketdata.api.PriceListener;
import org.papertrader.model.Asset;
import org.papertrader.protocol.api.PayloadCodec;
import org.papertrader.protocol.api.ServerInfo;
import org.papertrader.trading.api.TradingTerms;

/** Tells the workers of the market after each interval. */
@Component(configurationPid = MasterConfig.PID, service = PriceListener.class, property = "side=master")
public final class PricePusher extends Pusher implements PriceListener {
    private final Gate<PayloadCodec> codec = new Gate<>("protocol");
    private final Gate<TradingTerms> terms = new Gate<>("terms of trading");
    private final Clock clock;
    private final Facts facts;
    private volatile MasterSettings settings;

    @Activate
    public PricePusher(MasterConfig config) {
        this(MasterSettings.of(config), Clock.systemUTC());
    }

    PricePusher(MasterSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        facts = new Facts(codec, terms, () -> this.settings);
    }

    @Modified
    void modified(MasterConfig config) {
        settings = MasterSettings.of(config);
    }

    @Reference(
            name = "codec",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindCodec(PayloadCodec one, Map<String, Object> properties) {
        codec.bind(one, properties);
    }

    void unbindCodec(PayloadCodec one) {
        codec.unbind(one);
    }

    @Reference(
            name = "terms",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTerms(TradingTerms one, Map<String, Object> properties) {
        terms.bind(one, properties);
    }

    void unbindTerms(TradingTerms one) {
        terms.unbind(one);
    }

    /** Tells of the new interval even when no value changed. */
    @Override
    public void prices(List<Asset> changed, MarketStatus status) {
        facts.info(status, clock.instant()).ifPresent(info -> tell(info, changed, status));
    }

    private void tell(ServerInfo info, List<Asset> changed, MarketStatus status) {
        if (changed.isEmpty()) {
            push(new LinkPush.Market(info, status.source(), changed));
        } else {
            pushEach(changed, part -> new LinkPush.Market(info, status.source(), part));
        }
    }
}
