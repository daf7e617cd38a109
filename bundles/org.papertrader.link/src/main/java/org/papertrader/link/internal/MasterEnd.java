package org.papertrader.link.internal;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.LinkRequestHandler;
import org.papertrader.link.api.WorkerLinks;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.transport.api.StreamAcceptor;
import org.papertrader.transport.api.StreamHandler;
import org.papertrader.transport.api.StreamPeer;
import org.papertrader.workers.api.Workers;

/**
 * The master's end of all links. There while a configuration for it exists, even an empty one. It registers its services
 * itself, once it stands: those whom it calls call it too, and making one for the other would go round in a circle.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.papertrader.link.master",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class MasterEnd implements WorkerLinks, StreamAcceptor, LinkReport {
    private final ScheduledExecutorService timer = Timers.timer("link-master");
    private final MasterServices services = new MasterServices(timer);
    private final WorkerConnections connections = new WorkerConnections(services, timer);
    private @Nullable ServiceRegistration<?> registration;

    /** Waits for workers. */
    @Activate
    public MasterEnd() {
        connections.start();
    }

    @Activate
    void register(BundleContext context) {
        String[] services = {WorkerLinks.class.getName(), StreamAcceptor.class.getName(), LinkReport.class.getName()};
        registration = context.registerService(services, this, FrameworkUtil.asDictionary(Map.of("side", "master")));
    }

    @Deactivate
    void stop() {
        ServiceRegistration<?> registered = registration;
        if (registered != null) {
            registered.unregister();
        }
        connections.stop();
        timer.shutdown();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindCodec(FrameCodec codec, Map<String, Object> properties) {
        services.codecs.bind(codec, properties);
    }

    void unbindCodec(FrameCodec codec) {
        services.codecs.unbind(codec);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindHandler(LinkRequestHandler handler, Map<String, Object> properties) {
        connections.handlerCame(handler, properties);
    }

    void unbindHandler(LinkRequestHandler handler) {
        services.handlers.unbind(handler);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindWorkers(Workers workers, Map<String, Object> properties) {
        connections.registerCame(workers, properties);
    }

    void unbindWorkers(Workers workers) {
        services.workers.unbind(workers);
    }

    @Override
    public byte[] magic() {
        return LinkEnd.MAGIC.clone();
    }

    @Override
    public StreamHandler accept(StreamPeer peer) {
        return connections.accept(peer);
    }

    @Override
    public void push(LinkPush push) {
        connections.push(push);
    }

    @Override
    public void push(UUID worker, LinkPush push) {
        connections.push(List.of(worker), push);
    }

    @Override
    public List<UUID> connected() {
        return connections.connected();
    }

    @Override
    public void close(UUID worker, String text) {
        connections.close(worker, text);
    }

    @Override
    public String status() {
        return connections.status();
    }
}
