package org.papertrader.workermanagement.internal;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.link.api.PublicKeys;
import org.papertrader.link.api.WorkerLinks;
import org.papertrader.model.WorkerServer;
import org.papertrader.storage.api.WorkerStore;
import org.papertrader.workers.api.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The register of workers, stored and in memory. When a worker connects a second time, the newer link wins: it is
 * admitted, and clients are told what it advertises; whoever keeps the links closes the older one.
 */
@Component(
        configurationPid = WorkersConfig.PID,
        // Not delayed: who is connected must be remembered while nobody holds the service.
        immediate = true,
        service = {Workers.class, StoredWorkers.class},
        property = "side=master")
@Designate(ocd = WorkersConfig.class)
public final class StoredWorkers implements Workers {
    /** Most workers that may be expected. */
    static final int EXPECTED_MAX = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(StoredWorkers.class);
    private static final long ENFORCE_MILLIS = 500;
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Gate<WorkerStore> store = new Gate<>("workers' storage");
    private final Gate<WorkerLinks> links = new Gate<>("worker links");
    private final Gate<PublicKeys> publicKeys = new Gate<>("the reader of OpenPGP keys");
    private final WorkerRegister register;
    private final RegisterKeeper keeper;
    private final ScheduledExecutorService watch;
    private volatile int expected = 1;

    @Activate
    public StoredWorkers(WorkersConfig config) {
        this(Clock.systemUTC(), RETRY);
        modified(config);
    }

    StoredWorkers(Clock clock, Duration retry) {
        register = new WorkerRegister(clock);
        keeper = new RegisterKeeper(store, new KeyFiles(publicKeys, clock), register, clock, retry);
        watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "worker-watch");
            thread.setDaemon(true);
            return thread;
        });
        watch.scheduleWithFixedDelay(this::closeWhatMayNotStand, ENFORCE_MILLIS, ENFORCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Catches a link that was being admitted at the very moment at which its worker was booted off. */
    private void closeWhatMayNotStand() {
        try {
            for (Lease<WorkerLinks> lease : links.leaseAll()) {
                try (lease) {
                    lease.service().connected().stream()
                            .filter(worker -> !register.mayStand(worker))
                            .forEach(worker -> lease.service().close(worker, "the worker may not connect"));
                }
            }
        } catch (RuntimeException e) {
            // The edge of a thread: a fault of another bundle must not end the watch.
            LOG.error("looking after the links failed", e);
        }
    }

    @Modified
    void modified(WorkersConfig config) {
        use(config.workersExpected(), config.registered());
    }

    void use(int workersExpected, String[] lines) {
        expected = Math.max(1, Math.min(EXPECTED_MAX, workersExpected));
        List<Registration> registrations = new ArrayList<>();
        for (String line : lines) {
            if (!line.isBlank()) {
                read(line, registrations);
            }
        }
        keeper.configured(registrations);
    }

    private static void read(String line, List<Registration> registrations) {
        try {
            registrations.add(Registration.parse(line));
        } catch (IllegalArgumentException e) {
            LOG.error("configured worker '{}' is ignored: {}", line, e.getMessage());
        }
    }

    @Deactivate
    void deactivate() {
        watch.shutdown();
        keeper.close();
    }

    @Reference(
            name = "workerStore",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindWorkerStore(WorkerStore one, Map<String, Object> properties) {
        store.bind(one, properties);
        keeper.reload();
    }

    void unbindWorkerStore(WorkerStore one) {
        store.unbind(one);
    }

    @Reference(
            name = "workerLinks",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindWorkerLinks(WorkerLinks one, Map<String, Object> properties) {
        links.bind(one, properties);
    }

    void unbindWorkerLinks(WorkerLinks one) {
        links.unbind(one);
    }

    @Reference(
            name = "publicKeys",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPublicKeys(PublicKeys one, Map<String, Object> properties) {
        publicKeys.bind(one, properties);
    }

    void unbindPublicKeys(PublicKeys one) {
        publicKeys.unbind(one);
    }

    @Override
    public Knock knock(UUID worker, InetAddress address) {
        return register.knock(worker, address);
    }

    @Override
    public Admission admit(WorkerHello hello, InetAddress address) {
        Admission admission = register.admit(hello, address);
        if (admission instanceof Admission.Admitted) {
            keeper.seen(hello.server().uuid());
        }
        return admission;
    }

    @Override
    public void left(UUID worker) {
        if (register.left(worker)) {
            keeper.seen(worker);
        }
    }

    @Override
    public List<WorkerServer> available() {
        return register.available();
    }

    WorkerRegister register() {
        return register;
    }

    RegisterKeeper keeper() {
        return keeper;
    }

    /** How many workers are deployed (VAR-2). */
    int expected() {
        return expected;
    }

    /** Closes the worker's link, wherever it stands (MST-21). */
    void bootOff(UUID worker, String text) {
        for (Lease<WorkerLinks> lease : links.leaseAll()) {
            try (lease) {
                lease.service().close(worker, text);
            }
        }
    }
}
