package org.papertrader.gateway.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.papertrader.gate.Edge;
import org.papertrader.link.api.LinkListener;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.NoticeListener;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.MetricSource;
import org.papertrader.transport.api.ClientConnection;
import org.papertrader.transport.api.ClientHandler;
import org.papertrader.transport.api.IncomingRequest;

/** The gateway as a component: its configuration, its edge, and what it hears from the link. */
@Component(
        configurationPid = "org.papertrader.gateway",
        service = {ClientHandler.class, LinkListener.class, NoticeListener.class, MetricSource.class},
        property = "side=worker")
@Designate(ocd = GatewayComponent.Config.class)
public final class GatewayComponent implements ClientHandler, LinkListener, NoticeListener, MetricSource {
    /** Configuration, PID {@code org.papertrader.gateway}. */
    @ObjectClassDefinition(id = "org.papertrader.gateway", name = "PaperTrader gateway")
    public @interface Config {
        /** Most requests that wait for a service. */
        @AttributeDefinition(
                min = "0",
                name = "Parked",
                description = "Most requests that wait for a service that is being swapped; one more is answered busy.")
        int parkedMax() default 10_000;

        /** How long a request waits. */
        @AttributeDefinition(
                min = "0",
                name = "Patience",
                description = "Milliseconds that a request waits for a service.")
        long patienceMs() default 8_000;

        /** Requests of one connection under way. */
        @AttributeDefinition(
                min = "1",
                name = "In flight",
                description = "What getServerInfo tells clients of the transport's bound of requests under way.")
        int inFlightMax() default 1_024;
    }

    private final ScheduledExecutorService timer;
    private final Gateway gateway;
    private final BundleContext context;
    private final Backend backend;
    /** Synchronous: clients are told before the first bundle stops. */
    private final SynchronousBundleListener stopping;

    @Activate
    public GatewayComponent(BundleContext context, Config config, @Reference Backend backend) {
        this.context = context;
        this.backend = backend;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "gateway-edge");
            thread.setDaemon(true);
            return thread;
        });
        Edge edge = new Edge(config.parkedMax(), Duration.ofMillis(config.patienceMs()), timer);
        this.gateway = new Gateway(backend, edge, Clock.systemUTC(), config.inFlightMax());
        this.stopping = event -> {
            if (event.getType() == BundleEvent.STOPPING
                    && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
                gateway.stopping();
            }
        };
        context.addBundleListener(stopping);
        backend.whenSessionsCome(gateway::tellAll);
    }

    @Deactivate
    void deactivate() {
        context.removeBundleListener(stopping);
        backend.whenSessionsCome(() -> {});
        timer.shutdownNow();
    }

    @Override
    public void opened(ClientConnection connection) {
        gateway.opened(connection);
    }

    @Override
    public void request(ClientConnection connection, IncomingRequest request) {
        gateway.request(connection, request);
    }

    @Override
    public void closed(ClientConnection connection) {
        gateway.closed(connection);
    }

    @Override
    public List<MetricFamily> metrics() {
        return gateway.metrics();
    }

    @Override
    public void up() {
        gateway.linked();
    }

    @Override
    public void down() {
        // The relay answers for the link.
    }

    @Override
    public void pushed(LinkPush push) {
        if (push instanceof LinkPush.SessionsEnded ended) {
            gateway.ended(Set.copyOf(ended.sessions()));
        } else if (push instanceof LinkPush.WorkerList list) {
            gateway.workersChanged(list.workers());
        } else if (push instanceof LinkPush.MoveClients move) {
            gateway.move(move.reason());
            timer.schedule(() -> gateway.closeMoved(move.reason()), move.grace().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void noticed(List<LinkPush.AccountNotice> notices) {
        notices.forEach(gateway::notice);
    }
}
