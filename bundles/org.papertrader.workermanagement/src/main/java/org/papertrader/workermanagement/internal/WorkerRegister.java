package org.papertrader.workermanagement.internal;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.WorkerServer;
import org.papertrader.model.WorkerStatus;
import org.papertrader.storage.api.WorkerStore.StoredKey;
import org.papertrader.storage.api.WorkerStore.StoredWorker;
import org.papertrader.workermanagement.internal.Entry.Connection;
import org.papertrader.workers.api.Workers.Admission;
import org.papertrader.workers.api.Workers.Knock;
import org.papertrader.workers.api.Workers.WorkerClock;
import org.papertrader.workers.api.Workers.WorkerHello;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The register in memory: who may connect and who is connected. Never blocks; any thread. */
final class WorkerRegister {
    /** Most workers that clients are told of. */
    static final int AVAILABLE_MAX = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(WorkerRegister.class);
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,255}");
    private static final Pattern UUID_START = Pattern.compile("[0-9a-fA-F-]{4,36}");
    private static final int QUESTIONS_MAX = 16;
    private static final int PORT_MAX = 65_535;

    private static final String NOT_REGISTERED = "it is not registered";
    private static final String NOT_LOADED = "the register is not loaded yet";
    private static final String NO_KEY = "no key is registered for it";

    private final Clock clock;
    private final Map<UUID, Entry> entries = new ConcurrentHashMap<>();
    private final Deque<Instant> asked = new ArrayDeque<>();
    /** Those of whom the log has told so. */
    private final Set<UUID> wronglyClocked = ConcurrentHashMap.newKeySet();

    private volatile boolean loaded;
    private volatile Duration offsetMax = Duration.ofMinutes(1);

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

    /** It may connect no more. */
    void disable(UUID uuid) {
        entries.computeIfPresent(uuid, (key, old) -> old.with(old.stored().withEnabled(false)));
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
            refusal = NO_KEY;
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
            return refusal[0].isEmpty() ? old.joined(new Connection(hello, address, now, null)) : old;
        });
        if (!loaded) {
            refusal[0] = NOT_LOADED;
        }
        if (refusal[0].isEmpty() && entry != null) {
            LOG.info("worker {} connected from {}", entry.stored().name(), address.getHostAddress());
            return new Admission.Admitted();
        }
        LOG.debug("worker {} from {} was rejected: {}", uuid, address.getHostAddress(), refusal[0]);
        return new Admission.Rejected(refusal[0]);
    }

    /** True when a link of this worker may stand, by what is registered now; also while nothing is known yet. */
    boolean mayStand(UUID uuid) {
        Entry entry = entries.get(uuid);
        if (entry == null) {
            return !loaded;
        }
        Connection now = entry.connection();
        return now == null
                ? entry.stored().enabled()
                : refusal(entry, now.hello(), now.address()).isEmpty();
    }

    boolean isConnected(UUID uuid) {
        Entry entry = entries.get(uuid);
        return entry != null && entry.isConnected();
    }

    private static String refusal(Entry entry, WorkerHello hello, InetAddress address) {
        String refusal = refusal(entry, address);
        if (refusal.isEmpty()) {
            refusal = keyRefusal(entry, hello.keyFingerprint());
        }
        WorkerServer told = hello.server();
        boolean sound = HOST.matcher(told.host()).matches() && told.port() >= 1 && told.port() <= PORT_MAX;
        return refusal.isEmpty() && !sound ? "the address that it advertises is none" : refusal;
    }

    /** A link proves a key always, and it must be one that is registered for this very worker. */
    private static String keyRefusal(Entry entry, String proved) {
        if (entry.stored().keys().isEmpty()) {
            return NO_KEY;
        }
        return entry.hasKey(proved) ? "" : "the key " + proved + " is not its own";
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
            wronglyClocked.remove(worker);
            LOG.info("worker {} is away", worker);
        }
        return was[0];
    }

    /** Those of the same region first, then those with fewer clients. */
    List<WorkerServer> available(@Nullable UUID near) {
        Entry asking = near == null ? null : entries.get(near);
        String region = asking == null ? "" : asking.stored().region();
        Comparator<Entry> nearest =
                Comparator.comparing(entry -> !entry.stored().region().equals(region));
        return entries.values().stream()
                .sorted(nearest.thenComparing(Entry::load)
                        .thenComparing(entry -> entry.stored().name()))
                .map(Entry::forClients)
                .filter(Objects::nonNull)
                .limit(AVAILABLE_MAX)
                .toList();
    }

    /** What all workers are asked now; only answers to such questions count. */
    synchronized Instant ask() {
        Instant now = clock.instant();
        asked.addLast(now);
        if (asked.size() > QUESTIONS_MAX) {
            asked.removeFirst();
        }
        return now;
    }

    private synchronized boolean isAsked(Instant question) {
        return asked.contains(question);
    }

    void reported(UUID worker, Instant question, WorkerStatus status) {
        Instant now = clock.instant();
        if (!isAsked(question) || now.isBefore(question)) {
            LOG.debug("worker {} answers what nobody asked", worker);
            return;
        }
        entries.computeIfPresent(worker, (uuid, old) -> old.answered(question, now, status));
        WorkerClock measured = clock(worker);
        if (measured instanceof WorkerClock.Wrong wrong && wronglyClocked.add(worker)) {
            LOG.warn(
                    "the clock of worker {} is {}; the orders that it stamps are refused until it is right",
                    worker,
                    Readings.offset(wrong.offset()));
        } else if (measured instanceof WorkerClock.Ahead && wronglyClocked.remove(worker)) {
            LOG.info("the clock of worker {} is right again", worker);
        }
    }

    WorkerClock clock(UUID worker) {
        Entry entry = entries.get(worker);
        Measured measured = entry == null ? null : entry.measured();
        if (measured == null) {
            return new WorkerClock.Unmeasured();
        }
        Duration offset = measured.offset();
        return offset.abs().compareTo(offsetMax) > 0 ? new WorkerClock.Wrong(offset) : new WorkerClock.Ahead(offset);
    }

    /** How far off a worker's clock may be. */
    void allow(Duration most) {
        offsetMax = most;
    }

    /** All of them, by name. */
    List<Entry> all() {
        return entries.values().stream()
                .sorted(Comparator.comparing(entry -> entry.stored().name()))
                .toList();
    }

    Optional<Entry> find(UUID uuid) {
        return Optional.ofNullable(entries.get(uuid));
    }

    Optional<Entry> named(String name) {
        return entries.values().stream()
                .filter(entry -> entry.stored().name().equals(name))
                .findFirst();
    }

    /** The worker of this name or uuid, or of this beginning of a uuid if it is no other's. */
    Optional<Entry> find(String worker) {
        Optional<Entry> named = named(worker);
        if (named.isPresent() || !UUID_START.matcher(worker).matches()) {
            return named;
        }
        String start = worker.toLowerCase(Locale.ROOT);
        List<Entry> begun = entries.values().stream()
                .filter(entry -> entry.stored().uuid().toString().startsWith(start))
                .limit(2)
                .toList();
        return begun.size() == 1 ? Optional.of(begun.get(0)) : Optional.empty();
    }

    /** Another worker that has this key. */
    Optional<Entry> otherWithKey(UUID uuid, String fingerprint) {
        return entries.values().stream()
                .filter(entry -> !entry.stored().uuid().equals(uuid) && entry.hasKey(fingerprint))
                .findFirst();
    }
}
