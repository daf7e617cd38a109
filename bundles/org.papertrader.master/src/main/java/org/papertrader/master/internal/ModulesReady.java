package org.papertrader.master.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.accounts.api.Accounts;
import org.papertrader.link.api.LinkRequestHandler;
import org.papertrader.marketdata.api.MarketData;
import org.papertrader.sessions.api.Sessions;
import org.papertrader.trading.api.Trading;
import org.papertrader.transport.api.ListenPermit;
import org.papertrader.workers.api.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the master listen (MST-3): this service is there when every module is. The references say so; nothing is called
 * through them. They share the names, and so the {@code .target} values of the configuration, with the router's.
 */
@Component(
        configurationPid = MasterConfig.PID,
        service = ListenPermit.class,
        property = "side=master",
        reference = {
            @Reference(name = "router", service = LinkRequestHandler.class),
            @Reference(name = "accounts", service = Accounts.class),
            @Reference(name = "sessions", service = Sessions.class),
            @Reference(name = "trading", service = Trading.class),
            @Reference(name = "marketData", service = MarketData.class),
            @Reference(name = "workers", service = Workers.class)
        })
public final class ModulesReady implements ListenPermit {
    private static final Logger LOG = LoggerFactory.getLogger(ModulesReady.class);

    @Activate
    public ModulesReady() {
        LOG.info("all modules of the master are there");
    }
}
