package org.papertrader.link.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
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
import org.papertrader.link.api.LinkListener;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.link.api.MasterLink;
import org.papertrader.link.api.NoticeListener;
import org.papertrader.link.internal.secure.Loaded;
import org.papertrader.link.internal.secure.OwnKey;
import org.papertrader.link.internal.secure.Passphrase;
import org.papertrader.link.internal.secure.PeerKey;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.model.WorkerServer;
import org.papertrader.model.WorkerStatus;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.sessions.api.PresenceListener.Presence;
import org.papertrader.shell.text.Facts;
import org.papertrader.transport.api.ListenPermit;
import org.papertrader.transport.api.PortIdentity;
import org.papertrader.transport.api.StreamConnector;

/**
 * The worker's end of the link (WRK-2). There while it is configured; {@link #isUp} tells whether the link stands. After
 * the first admission it permits the worker to listen to clients (WRK-1). It registers its services itself, once it
 * stands: those whom it calls call it too, and making one for the other would go round in a circle.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.papertrader.link.worker",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = WorkerEnd.Config.class)
public final class WorkerEnd implements MasterLink, LinkReport, HealthCheck {
    private final BundleContext context;
    private final WorkerState state;
    private final ScheduledExecutorService timer = Timers.timer("link-worker");
    private final ThreadPoolExecutor work = KeyWork.pool("link-worker-keys");
    private final MasterConnection connection;
    private final Fatal fatal;
    private final Duration downMax;
    private @Nullable ServiceRegistration<ListenPermit> permit;
    private @Nullable ServiceRegistration<?> registration;
    private boolean stopped;

    /** Where the master is, and who this worker is. */
    @ObjectClassDefinition(name = "PaperTrader Link of a Worker", description = "The connection to the master")
    public @interface Config {
        @AttributeDefinition(description = "Host of the master")
        String masterHost() default "127.0.0.1";

        @AttributeDefinition(min = "0", max = "65535", description = "Port of the master")
        int masterPort() default 2048;

        @AttributeDefinition(description = "This worker's uuid; empty: made once and kept in the state file")
        String uuid() default "";

        @AttributeDefinition(description = "File that keeps uuid and sequence over restarts")
        String stateFile() default "data/worker.state";

        @AttributeDefinition(
                description = "File of this worker's secret OpenPGP key, mode 0600; made when it is missing")
        String keyFile() default "data/keys/worker.key";

        @AttributeDefinition(description = "File of mode 0600 with the key's passphrase; empty for none")
        String passphraseFile() default "";

        @AttributeDefinition(description = "Environment variable with the key's passphrase; empty for none")
        String passphraseVariable() default "";

        @AttributeDefinition(description = "File of the master's public OpenPGP key")
        String masterKeyFile() default "data/keys/master.asc";

        @AttributeDefinition(description = "Name for people, without blanks")
        String name() default "worker";

        @AttributeDefinition(description = "Region, without blanks")
        String region() default "local";

        @AttributeDefinition(description = "Host that clients shall connect to")
        String advertisedHost() default "127.0.0.1";

        @AttributeDefinition(min = "0", max = "65535", description = "Port that clients shall connect to")
        int advertisedPort() default 2049;

        @AttributeDefinition(min = "1", description = "Milliseconds to wait for a reply of the master")
        long requestTimeoutMs() default 10_000;

        @AttributeDefinition(min = "1", description = "Requests to the master under way; more are answered busy")
        int inFlightMax() default 10_000;

        @AttributeDefinition(
                min = "0",
                description = "Milliseconds without a link, once it was there, from which on health is critical")
        long downMaxMs() default 5_000;
    }

    /** Begins to connect. */
    @Activate
    public WorkerEnd(
            BundleContext context,
            @Reference StreamConnector connector,
            @Reference(target = "(side=worker)") PortIdentity identity,
            Config config) {
        this.context = context;
        this.state = WorkerState.open(
                Path.of(config.stateFile()),
                config.uuid().trim(),
                Clock.systemUTC().instant());
        WorkerServer server = new WorkerServer(
                state.worker(),
                config.name(),
                config.advertisedHost(),
                config.advertisedPort(),
                config.region(),
                identity.certificateFingerprint());
        String version = context.getBundle().getVersion().toString();
        Uplink.Setup setup = new Uplink.Setup(
                server,
                version,
                config.inFlightMax(),
                Duration.ofMillis(config.requestTimeoutMs()).toNanos());
        this.connection = new MasterConnection(
                connector,
                new MasterConnection.Target(config.masterHost(), config.masterPort(), setup),
                timer,
                work,
                this::permit);
        this.fatal = new Fatal(context);
        this.downMax = Duration.ofMillis(config.downMaxMs());
        Passphrase passphrase = Passphrase.of(config.passphraseFile(), config.passphraseVariable(), System.getenv());
        work.execute(() -> open(Path.of(config.keyFile()), passphrase, Path.of(config.masterKeyFile())));
    }

    private void open(Path keyFile, Passphrase passphrase, Path masterKeyFile) {
        Loaded<OwnKey> key = OwnKeys.open("worker", keyFile, passphrase);
        if (key instanceof Loaded.Good<OwnKey> good) {
            connection.start(new MasterConnection.Proofs(good.value(), () -> PeerKey.file(masterKeyFile)));
        } else if (key instanceof Loaded.Bad<OwnKey> bad) {
            fatal.announce("org.papertrader.link.worker:keyFile: " + bad.problem());
        }
    }

    private synchronized void permit() {
        if (!stopped) {
            ListenPermit service = new ListenPermit() {};
            permit = context.registerService(
                    ListenPermit.class, service, FrameworkUtil.asDictionary(Map.of("side", "worker")));
        }
    }

    @Activate
    void register() {
        String[] services = {MasterLink.class.getName(), LinkReport.class.getName(), HealthCheck.class.getName()};
        Map<String, Object> properties =
                Map.of("side", "worker", HealthCheck.NAME, "link", HealthCheck.TAGS, new String[] {
                    "papertrader", "link", "ready"
                });
        registration = context.registerService(services, this, FrameworkUtil.asDictionary(properties));
    }

    @Deactivate
    void stop() {
        ServiceRegistration<?> registered = registration;
        if (registered != null) {
            registered.unregister();
        }
        fatal.clear();
        synchronized (this) {
            stopped = true;
            if (permit != null) {
                permit.unregister();
            }
        }
        connection.stop();
        timer.shutdown();
        work.shutdown();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindCodec(FrameCodec codec, Map<String, Object> properties) {
        connection.codecs().bind(codec, properties);
    }

    void unbindCodec(FrameCodec codec) {
        connection.codecs().unbind(codec);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindListener(LinkListener listener, Map<String, Object> properties) {
        connection.bindListener(listener, properties);
    }

    void unbindListener(LinkListener listener) {
        connection.unbindListener(listener);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindNotices(NoticeListener listener, Map<String, Object> properties) {
        connection.notices().bind(listener, properties);
    }

    void unbindNotices(NoticeListener listener) {
        connection.notices().unbind(listener);
    }

    @Override
    public CompletionStage<LinkReply> send(LinkRequest request) {
        return connection.send(request);
    }

    @Override
    public void presence(List<Presence> changes) {
        connection.presence(changes);
    }

    @Override
    public void tell(Instant asked, WorkerStatus status) {
        connection.tell(new StatusBodies.Told(asked, status));
    }

    @Override
    public boolean isUp() {
        return connection.isUp();
    }

    @Override
    public UUID worker() {
        return state.worker();
    }

    @Override
    public long nextSequence() {
        return state.nextSequence();
    }

    /** The link's health: clients can be served only with it. */
    @Override
    public Result execute() {
        Duration since = connection.turnedSince();
        String where = connection.where();
        if (connection.isUp()) {
            return new Result(Result.Status.OK, "up for " + since.toSeconds() + " s, to " + where);
        }
        boolean mayComeBack = connection.wasEverUp() && since.compareTo(downMax) < 0;
        return new Result(
                mayComeBack ? Result.Status.WARN : Result.Status.CRITICAL,
                "down for " + since.toSeconds() + " s, to " + where
                        + ": does the master run, and does it know this worker (its worker:list and log)?");
    }

    @Override
    public List<MetricFamily> metrics() {
        return connection.metrics();
    }

    @Override
    public List<Facts> links() {
        return List.of(connection.link());
    }
}
