package org.papertrader.gateway.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.accounts.api.Accounts;
import org.papertrader.cache.api.PayloadCache;
import org.papertrader.gate.Gate;
import org.papertrader.link.api.MasterFacts;
import org.papertrader.link.api.MasterLink;
import org.papertrader.marketdata.api.MarketData;
import org.papertrader.protocol.api.PayloadCodec;
import org.papertrader.sessions.api.ClientSessions;
import org.papertrader.trading.api.Trading;

/** The gates behind the gateway, all of the worker's side. */
@Component(service = Backend.class)
public final class Backend {
    final Gate<MarketData> marketData = new Gate<>("market data");
    final Gate<Trading> trading = new Gate<>("trading");
    final Gate<Accounts> accounts = new Gate<>("accounts");
    final Gate<ClientSessions> sessions = new Gate<>("client management");
    final Gate<PayloadCache> cache = new Gate<>("cache");
    final Gate<PayloadCodec> codec = new Gate<>("payload codec");
    final Gate<MasterLink> link = new Gate<>("link to the master");
    final Gate<MasterFacts> facts = new Gate<>("facts of the master");

    private volatile Runnable whenSessionsCome = () -> {};

    @Activate
    public Backend() {}

    /** What to do each time a client management came: it knows of no connection yet. */
    void whenSessionsCome(Runnable task) {
        whenSessionsCome = task;
    }

    @Reference(
            name = "marketData",
            target = "(side=worker)",
            policy = DYNAMIC,
            cardinality = MULTIPLE,
            policyOption = GREEDY)
    void bindMarketData(MarketData service, Map<String, Object> properties) {
        marketData.bind(service, properties);
    }

    void unbindMarketData(MarketData service) {
        marketData.unbind(service);
    }

    @Reference(
            name = "trading",
            target = "(side=worker)",
            policy = DYNAMIC,
            cardinality = MULTIPLE,
            policyOption = GREEDY)
    void bindTrading(Trading service, Map<String, Object> properties) {
        trading.bind(service, properties);
    }

    void unbindTrading(Trading service) {
        trading.unbind(service);
    }

    @Reference(
            name = "accounts",
            target = "(side=worker)",
            policy = DYNAMIC,
            cardinality = MULTIPLE,
            policyOption = GREEDY)
    void bindAccounts(Accounts service, Map<String, Object> properties) {
        accounts.bind(service, properties);
    }

    void unbindAccounts(Accounts service) {
        accounts.unbind(service);
    }

    @Reference(name = "sessions", policy = DYNAMIC, cardinality = MULTIPLE, policyOption = GREEDY)
    void bindSessions(ClientSessions service, Map<String, Object> properties) {
        sessions.bind(service, properties);
        whenSessionsCome.run();
    }

    void unbindSessions(ClientSessions service) {
        sessions.unbind(service);
    }

    @Reference(name = "cache", policy = DYNAMIC, cardinality = MULTIPLE, policyOption = GREEDY)
    void bindCache(PayloadCache service, Map<String, Object> properties) {
        cache.bind(service, properties);
    }

    void unbindCache(PayloadCache service) {
        cache.unbind(service);
    }

    @Reference(name = "codec", policy = DYNAMIC, cardinality = MULTIPLE, policyOption = GREEDY)
    void bindCodec(PayloadCodec service, Map<String, Object> properties) {
        codec.bind(service, properties);
    }

    void unbindCodec(PayloadCodec service) {
        codec.unbind(service);
    }

    @Reference(name = "link", policy = DYNAMIC, cardinality = MULTIPLE, policyOption = GREEDY)
    void bindLink(MasterLink service, Map<String, Object> properties) {
        link.bind(service, properties);
    }

    void unbindLink(MasterLink service) {
        link.unbind(service);
    }

    @Reference(name = "facts", policy = DYNAMIC, cardinality = MULTIPLE, policyOption = GREEDY)
    void bindFacts(MasterFacts service, Map<String, Object> properties) {
        facts.bind(service, properties);
    }

    void unbindFacts(MasterFacts service) {
        facts.unbind(service);
    }
}
