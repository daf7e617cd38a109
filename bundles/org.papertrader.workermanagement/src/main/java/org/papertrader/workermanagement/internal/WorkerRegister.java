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
import org.jspecify.annotations.Nullable;
import org.papertrader.model.WorkerServer;
import org.papertrader.storage.api.WorkerStore.StoredWorker;
import org.papertrader.workermanagement.internal.Entry.Connection;
import org.papertrader.workers.api.Workers.Admission;
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

    Admission admit(WorkerHello hello, InetAddress address) {
        UUID uuid = hello.server().uuid();
        String refusal = refusal(entries.get(uuid), hello.server(), address);
        if (refusal.isEmpty()) {
            Connection newest = new Connection(hello, address, Instant.ofEpochMilli(clock.millis()));
            Entry joined = entries.computeIfPresent(uuid, (key, old) -> old.joined(newest));
            if (joined != null) {
                LOG.info("worker {} connected from {}", joined.stored().name(), address.getHostAddress());
                if (joined.links() > 1) {
                    LOG.warn(
                            "worker {} is connected twice; the newer link counts",
                            joined.stored().name());
                }
                return new Admission.Admitted();
            }
            refusal = "it is not registered";
        }
        LOG.warn("worker {} from {} was rejected: {}", uuid, address.getHostAddress(), refusal);
        return new Admission.Rejected(refusal);
    }

    private String refusal(@Nullable Entry entry, WorkerServer told, InetAddress address) {
        if (!loaded) {
            return "the register is not loaded yet";
        }
        if (entry == null) {
            return "it is not registered";
        }
        if (!entry.stored().enabled()) {
            return "it is disabled";
        }
        if (!entry.rules().allow(address)) {
            return "its address is not allowed";
        }
        boolean sound = HOST.matcher(told.host()).matches() && told.port() >= 1 && told.port() <= PORT_MAX;
        return sound ? "" : "the address that it advertises is none";
    }

    /** True when a link less is known now. */
    boolean left(UUID worker) {
        Entry now = entries.computeIfPresent(worker, (uuid, old) -> old.left(Instant.ofEpochMilli(clock.millis())));
        if (now != null && !now.isConnected()) {
            LOG.info("worker {} is away", now.stored().name());
        }
        return now != null;
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
