package org.papertrader.workermanagement.internal;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
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
import org.papertrader.gate.UnavailableException;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.PublicKeys;
import org.papertrader.link.api.WorkerLinks;
import org.papertrader.model.WorkerServer;
import org.papertrader.model.WorkerStatus;
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
    private static final Duration ASK = Duration.ofSeconds(1);
    /** What a link needs from its worker's admission to its welcome, before which nothing is pushed over it. */
    private static final Duration ASK_SOON = Duration.ofMillis(50);

    private static final long TAKE_OVER_NANOS = Duration.ofSeconds(3).toNanos();

    private final Gate<WorkerStore> store = new Gate<>("workers' storage");
    private final Gate<WorkerLinks> links = new Gate<>("worker links");
    private final Gate<PublicKeys> publicKeys = new Gate<>("the reader of OpenPGP keys");
    private final WorkerRegister register;
    private final RegisterKeeper keeper;
    private final Departures departures = new Departures();
    private final ScheduledExecutorService watch = thread("worker-watch");
    /** Not the watch: a question waits its turn behind the news of an interval, the closing of a link must not. */
    private final ScheduledExecutorService asker = thread("worker-asker");

    private final long born = System.nanoTime();
    private volatile int expected = 1;
    private final AtomicBoolean asksSoon = new AtomicBoolean();
    private volatile boolean complete;

    @Activate
    public StoredWorkers(WorkersConfig config) {
        this(Clock.systemUTC(), RETRY, ASK);
        modified(config);
    }

    /** @param ask how often the workers are asked how they are */
    StoredWorkers(Clock clock, Duration retry, Duration ask) {
        register = new WorkerRegister(clock);
        keeper = new RegisterKeeper(store, new KeyFiles(publicKeys, clock), register, clock, retry);
        watch.scheduleWithFixedDelay(this::closeWhatMayNotStand, ENFORCE_MILLIS, ENFORCE_MILLIS, TimeUnit.MILLISECONDS);
        asker.scheduleWithFixedDelay(this::askAll, ask.toMillis(), ask.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Catches a link that was being admitted at the very moment at which its worker was booted off. */
    private void closeWhatMayNotStand() {
        try {
            for (Lease<WorkerLinks> lease : links.leaseAll()) {
                try (lease) {
                    lease.service().connected().stream()
                            .filter(worker -> !register.mayStand(worker) && !departures.isLeaving(worker))
                            .forEach(worker -> lease.service().close(worker, "the worker may not connect"));
                }
            }
        } catch (RuntimeException e) {
            // The edge of a thread: a fault of another bundle must not end the watch.
            LOG.error("looking after the links failed", e);
        }
    }

    private void askAll() {
        try {
            LinkPush question = new LinkPush.StatusAsked(register.ask());
            for (Lease<WorkerLinks> lease : links.leaseAll()) {
                try (lease) {
                    lease.service().push(question);
                }
            }
        } catch (RuntimeException e) {
            // The edge of a thread: a fault of another bundle must not end the questions.
            LOG.error("asking the workers failed", e);
        }
    }

    /** Orders of a worker that is new wait until its clock is measured; so do those of others that come at once. */
    private void askSoon() {
        if (asksSoon.compareAndSet(false, true)) {
            later(
                    asker,
                    () -> {
                        asksSoon.set(false);
                        askAll();
                    },
                    ASK_SOON);
        }
    }

    @Modified
    void modified(WorkersConfig config) {
        register.allow(Duration.ofMillis(Math.max(0, config.clockOffsetMaxMs())));
        use(config.workersExpected(), config.registered());
    }

    void use(int workersExpected, String[] lines) {
        expected = Math.max(1, Math.min(EXPECTED_MAX, workersExpected));
        List<ConfiguredWorker> configured = new ArrayList<>();
        for (String line : lines) {
            if (!line.isBlank()) {
                read(line, configured);
            }
        }
        keeper.configured(configured);
    }

    private static void read(String line, List<ConfiguredWorker> configured) {
        try {
            configured.add(ConfiguredWorker.parse(line));
        } catch (IllegalArgumentException e) {
            LOG.error("configured worker '{}' is ignored: {}", line, e.getMessage());
        }
    }

    @Deactivate
    void deactivate() {
        watch.shutdown();
        asker.shutdown();
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
            UUID worker = hello.server().uuid();
            keeper.seen(worker);
            askSoon();
            if (register.find(worker).filter(Entry::isRotated).isPresent()) {
                keeper.retireOldKeys(worker);
            }
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
    public void reported(UUID worker, Instant asked, WorkerStatus status) {
        register.reported(worker, asked, status);
        if (status.clients() == 0 && departures.isDraining(worker)) {
            later(watch, () -> departed(worker), Duration.ZERO);
        }
    }

    @Override
    public WorkerClock clock(UUID worker) {
        return register.clock(worker);
    }

    @Override
    public List<WorkerServer> available(@Nullable UUID near) {
        if (!complete) {
            complete = isComplete();
        }
        if (!complete) {
            throw new UnavailableException("the register of workers");
        }
        return register.available(near);
    }

    /** A register that has just taken over is asked for each link that stands; before, it would tell of nobody. */
    private boolean isComplete() {
        if (!register.isLoaded() || System.nanoTime() - born > TAKE_OVER_NANOS) {
            // A link that it is never asked for, or that it does not admit any more, must not keep the list away.
            return register.isLoaded();
        }
        List<Lease<WorkerLinks>> leases = links.leaseAll();
        try {
            return leases.stream()
                    .flatMap(lease -> lease.service().connected().stream())
                    .allMatch(worker -> register.isConnected(worker) || !register.mayStand(worker));
        } finally {
            leases.forEach(Lease::close);
        }
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

    boolean isLeaving(UUID worker) {
        return departures.isLeaving(worker);
    }

    /**
     * Tells the clients of a worker that may not stay to move, and closes its link thereafter (MST-21).
     *
     * @param decision makes it one that may not stay: only once its link is known to stand a little longer, or the watch
     *     would close that before the clients are told
     */
    void sendOff(UUID worker, Departures.Pace pace, Runnable decision) {
        departures.begin(worker, pace);
        decision.run();
        later(watch, () -> departed(worker), pace.link);
        for (Lease<WorkerLinks> lease : links.leaseAll()) {
            try (lease) {
                lease.service().push(worker, pace.word());
            }
        }
    }

    private void departed(UUID worker) {
        // Whatever became of it since: its clients were told to move, so it begins anew if it may.
        if (departures.end(worker)) {
            close(worker, "the worker was taken out of service");
        }
    }

    /** A worker may connect again whose link was about to close: it begins anew, with new clients. */
    void welcomeBack(UUID worker) {
        if (departures.end(worker)) {
            close(worker, "the worker was enabled again and begins anew");
        }
    }

    private static void later(ScheduledExecutorService thread, Runnable task, Duration delay) {
        try {
            thread.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the register is closed; its successor looks after the links");
        }
    }

    private void close(UUID worker, String text) {
        for (Lease<WorkerLinks> lease : links.leaseAll()) {
            try (lease) {
                lease.service().close(worker, text);
            }
        }
    }
}
