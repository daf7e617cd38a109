package org.papertrader.workermanagement.internal;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.papertrader.model.WorkerServer;
import org.papertrader.storage.api.WorkerStore.StoredKey;
import org.papertrader.storage.api.WorkerStore.StoredWorker;
import org.papertrader.workermanagement.internal.Entry.Connection;
import org.papertrader.workers.api.Workers.Admission;
import org.papertrader.workers.api.Workers.Knock;
import org.papertrader.workers.api.Workers.WorkerHello;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The register in memory: who may connect and who is connected. Never blocks; any thread. */
final class WorkerRegister {
    /** Most workers that clients are told of. */
    static final int AVAILABLE_MAX = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(WorkerRegister.class);
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,255}");
    private static final int PORT_MAX = 65_535;

    private static final String NOT_REGISTERED = "it is not registered";
    private static final String NOT_LOADED = "the register is not loaded yet";

    private final Clock clock;
    private final Map<UUID, Entry> entries = new ConcurrentHashMap<>();
    private volatile boolean loaded;

    WorkerRegister(Clock clock) {
        this.clock = clock;
    }

    boolean isLoaded() {
        return loaded;
    }

    /** Takes over what is stored; who is connected stays so, unless it is registered no more. */
    void load(Collection<StoredWorker> all) {
        entries.keySet().retainAll(all.stream().map(StoredWorker::uuid).toList());
        all.forEach(this::putIfSound);
        loaded = true;
    }

    private void putIfSound(StoredWorker stored) {
        try {
            put(stored);
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "worker {} may not connect, its stored addresses are unreadable: {}",
                    stored.name(),
                    e.getMessage());
            entries.remove(stored.uuid());
        }
    }

    void put(StoredWorker stored) {
        entries.compute(stored.uuid(), (uuid, old) -> old == null ? Entry.of(stored) : old.with(stored));
    }

    void remove(UUID uuid) {
        entries.remove(uuid);
    }

    /** What a handshake may know before any work on keys; a stranger's reason is for the log. */
    Knock knock(UUID worker, InetAddress address) {
        Entry entry = entries.get(worker);
        if (!loaded) {
            return new Knock.Stranger(NOT_LOADED);
        }
        if (entry == null) {
            return new Knock.Stranger(NOT_REGISTERED);
        }
        String refusal = refusal(entry, address);
        if (refusal.isEmpty() && entry.stored().keys().isEmpty()) {
            refusal = "no key is registered for it";
        }
        return refusal.isEmpty()
                ? new Knock.Known(
                        entry.stored().keys().stream().map(StoredKey::armored).toList())
                : new Knock.Stranger(refusal);
    }

    Admission admit(WorkerHello hello, InetAddress address) {
        UUID uuid = hello.server().uuid();
        String[] refusal = {NOT_REGISTERED};
        // Decided and noted in one step, so that a worker that is disabled meanwhile is not admitted.
        Entry entry = entries.computeIfPresent(uuid, (key, old) -> {
            refusal[0] = refusal(old, hello, address);
            Instant now = Instant.ofEpochMilli(clock.millis());
            return refusal[0].isEmpty() ? old.joined(new Connection(hello, address, now)) : old;
        });
        if (!loaded) {
            refusal[0] = NOT_LOADED;
        }
        if (refusal[0].isEmpty() && entry != null) {
            LOG.info("worker {} connected from {}", entry.stored().name(), address.getHostAddress());
            return new Admission.Admitted();
        }
        LOG.warn("worker {} from {} was rejected: {}", uuid, address.getHostAddress(), refusal[0]);
        return new Admission.Rejected(refusal[0]);
    }

    /** True when a link of this worker may stand; also while nothing is known yet. */
    boolean mayStand(UUID uuid) {
        Entry entry = entries.get(uuid);
        return !loaded || (entry != null && entry.stored().enabled());
    }

    private static String refusal(Entry entry, WorkerHello hello, InetAddress address) {
        String refusal = refusal(entry, address);
        if (refusal.isEmpty()) {
            refusal = refusal(entry.stored().keys(), hello.keyFingerprint());
        }
        WorkerServer told = hello.server();
        boolean sound = HOST.matcher(told.host()).matches() && told.port() >= 1 && told.port() <= PORT_MAX;
        return refusal.isEmpty() && !sound ? "the address that it advertises is none" : refusal;
    }

    /** A worker without a key is admitted only by a link that does not ask for one. */
    private static String refusal(List<StoredKey> keys, String proved) {
        boolean fits = proved.isEmpty()
                ? keys.isEmpty()
                : keys.stream().anyMatch(key -> key.fingerprint().equals(proved));
        return fits ? "" : proved.isEmpty() ? "it proved no key" : "the key " + proved + " is not its own";
    }

    private static String refusal(Entry entry, InetAddress address) {
        if (!entry.stored().enabled()) {
            return "it is disabled";
        }
        return entry.rules().allow(address) ? "" : "its address is not allowed";
    }

    /** True when the worker was connected. */
    boolean left(UUID worker) {
        boolean[] was = {false};
        Instant instant = Instant.ofEpochMilli(clock.millis());
        entries.computeIfPresent(worker, (uuid, old) -> {
            was[0] = old.isConnected();
            return was[0] ? old.left(instant) : old;
        });
        if (was[0]) {
            LOG.info("worker {} is away", worker);
        }
        return was[0];
    }

    List<WorkerServer> available() {
        return entries.values().stream()
                .map(Entry::forClients)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(WorkerServer::name))
                .limit(AVAILABLE_MAX)
                .toList();
    }

    /** All of them, by name. */
    List<Entry> all() {
        return entries.values().stream()
                .sorted(Comparator.comparing(entry -> entry.stored().name()))
                .toList();
    }

    /** The worker of this name or uuid. */
    Optional<Entry> find(String nameOrUuid) {
        return entries.values().stream()
                .filter(entry -> entry.stored().name().equals(nameOrUuid)
                        || entry.stored().uuid().toString().equalsIgnoreCase(nameOrUuid))
                .findFirst();
    }
}
