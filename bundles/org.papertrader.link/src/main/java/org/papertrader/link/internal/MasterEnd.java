package org.papertrader.link.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
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
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.LinkRequestHandler;
import org.papertrader.link.api.WorkerLinks;
import org.papertrader.link.internal.secure.Handshake;
import org.papertrader.link.internal.secure.Loaded;
import org.papertrader.link.internal.secure.OwnKey;
import org.papertrader.link.internal.secure.Passphrase;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.shell.text.Facts;
import org.papertrader.transport.api.StreamAcceptor;
import org.papertrader.transport.api.StreamHandler;
import org.papertrader.transport.api.StreamPeer;
import org.papertrader.workers.api.Workers;

/**
 * The master's end of all links. There while a configuration for it exists, even an empty one. It registers its services
 * itself, once its key is open: those whom it calls call it too, and making one for the other would go round in a circle.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.papertrader.link.master",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MasterEnd.Config.class)
public final class MasterEnd implements WorkerLinks, StreamAcceptor, LinkReport {
    private final ScheduledExecutorService timer = Timers.timer("link-master");
    private final ThreadPoolExecutor work = KeyWork.pool("link-master-keys");
    private final MasterServices services;
    private final WorkerConnections connections;
    private @Nullable Fatal fatal;
    private @Nullable ServiceRegistration<?> registration;
    private boolean stopped;

    /** The master's key. */
    @ObjectClassDefinition(name = "PaperTrader Link of a Master", description = "The master's end of all links")
    public @interface Config {
        @AttributeDefinition(
                description = "File of the master's secret OpenPGP key, mode 0600; made when it is missing")
        String keyFile() default "data/keys/master.key";

        @AttributeDefinition(description = "File of mode 0600 with the key's passphrase; empty for none")
        String passphraseFile() default "";

        @AttributeDefinition(description = "Environment variable with the key's passphrase; empty for none")
        String passphraseVariable() default "";

        @AttributeDefinition(
                min = "1048576",
                description =
                        "Bytes that may wait for all workers together, which read too slowly; beyond that the worker"
                                + " for which the most wait is answered busy, or its link is closed")
        long waitingBytesMax() default 256L << 20;
    }

    /** Opens the key, elsewhere, then waits for workers. */
    @Activate
    public MasterEnd(BundleContext context, Config config) {
        this(config.waitingBytesMax());
        Fatal announcer = new Fatal(context);
        fatal = announcer;
        Passphrase passphrase = Passphrase.of(config.passphraseFile(), config.passphraseVariable(), System.getenv());
        work.execute(() -> {
            Loaded<OwnKey> key = OwnKeys.open("master", Path.of(config.keyFile()), passphrase);
            if (key instanceof Loaded.Good<OwnKey> good) {
                register(context, good.value());
            } else if (key instanceof Loaded.Bad<OwnKey> bad) {
                announcer.announce("org.papertrader.link.master:keyFile: " + bad.problem());
            }
        });
    }

    /** Waits for workers; its services are not registered. */
    MasterEnd(OwnKey own, long waitingBytesMax) {
        this(waitingBytesMax);
        connections.start(own);
    }

    private MasterEnd(long waitingBytesMax) {
        services = new MasterServices(timer, new WaitingBytes(waitingBytesMax));
        connections = new WorkerConnections(services, timer, work);
    }

    private synchronized void register(BundleContext context, OwnKey own) {
        if (!stopped) {
            connections.start(own);
            String[] names = {WorkerLinks.class.getName(), StreamAcceptor.class.getName(), LinkReport.class.getName()};
            registration = context.registerService(names, this, FrameworkUtil.asDictionary(Map.of("side", "master")));
        }
    }

    @Deactivate
    void stop() {
        ServiceRegistration<?> registered;
        synchronized (this) {
            stopped = true;
            registered = registration;
        }
        if (registered != null) {
            registered.unregister();
        }
        if (fatal != null) {
            fatal.clear();
        }
        connections.stop();
        timer.shutdown();
        work.shutdown();
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
        return Handshake.MAGIC.clone();
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
    public List<Facts> links() {
        return connections.links();
    }
}
