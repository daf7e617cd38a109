package org.papertrader.workermanagement.internal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.gate.UnavailableException;
import org.papertrader.model.WorkerServer;
import org.papertrader.storage.api.StorageException;
import org.papertrader.storage.api.WorkerStore.StoredWorker;
import org.papertrader.workermanagement.internal.Entry.Connection;

/** Shell commands of scope {@code worker} (MST-19 to MST-21); a worker is meant by its name or its uuid. */
@Component(
        service = WorkerCommands.class,
        property = {
            "osgi.command.scope=worker",
            "osgi.command.function=list",
            "osgi.command.function=show",
            "osgi.command.function=register",
            "osgi.command.function=enable",
            "osgi.command.function=disable",
            "osgi.command.function=remove"
        })
public final class WorkerCommands {
    private static final String ROW = "%-16s %-9s %-10s %-24s %s%n";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final StoredWorkers workers;

    @Activate
    public WorkerCommands(@Reference StoredWorkers workers) {
        this.workers = workers;
    }

    /** Lists all registered workers, in at most 80 columns. */
    public String list() {
        if (!workers.register().isLoaded()) {
            return "the register is not loaded yet\n";
        }
        List<Entry> all = workers.register().all();
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, ROW, "name", "state", "region", "for clients", "seen (UTC)"));
        for (Entry entry : all) {
            text.append(String.format(
                    Locale.ROOT,
                    ROW,
                    cut(entry.stored().name(), 16),
                    entry.state(),
                    cut(entry.stored().region(), 10),
                    cut(advertised(entry), 24),
                    seen(entry)));
        }
        long connected = all.stream().filter(Entry::isConnected).count();
        return text.append(connected)
                .append(" connected, ")
                .append(workers.expected())
                .append(" expected, ")
                .append(all.size())
                .append(" registered\n")
                .toString();
    }

    /** Shows all that is known of one worker. */
    public String show(String nameOrUuid) {
        return with(nameOrUuid, entry -> {
            StoredWorker stored = entry.stored();
            Connection now = entry.connection();
            return "uuid       " + stored.uuid()
                    + "\nname       " + stored.name()
                    + "\nregion     " + stored.region()
                    + "\nallowed    " + stored.allowedAddresses()
                    + "\nregistered " + stored.registered()
                    + "\nstate      " + entry.state()
                    + "\nseen       " + seen(entry)
                    + "\n" + connection(now);
        });
    }

    private static String connection(@Nullable Connection now) {
        return now == null
                ? ""
                : "address    " + now.address().getHostAddress()
                        + "\nsince      " + now.since()
                        + "\nclients at " + now.hello().server().host() + ":"
                        + now.hello().server().port()
                        + "\nTLS        " + certificate(now.hello().server())
                        + "\nversion    " + printable(now.hello().version()) + "\n";
    }

    private static String certificate(WorkerServer server) {
        String fingerprint = server.certificateFingerprint();
        return fingerprint.isEmpty() ? "none" : "certificate SHA-256 " + fingerprint;
    }

    /** Registers a worker, or changes its name, region and addresses. */
    public String register(String uuid, String name, String region, String addresses) {
        return trying(() -> {
            Registration wanted = new Registration(Registration.uuid(uuid), name, region, addresses);
            Optional<Entry> same = workers.register().find(uuid);
            Optional<Entry> namesake = workers.register().find(name);
            if (namesake.isPresent() && !namesake.get().stored().uuid().equals(wanted.uuid())) {
                return "another worker has the name " + name + "\n";
            }
            StoredWorker fresh = workers.keeper().stored(wanted);
            workers.keeper().save(same.isEmpty() ? fresh : changed(same.get().stored(), fresh));
            return same.isEmpty() ? name + " is registered\n" : name + " is changed; it counts when it connects next\n";
        });
    }

    private static StoredWorker changed(StoredWorker old, StoredWorker fresh) {
        return new StoredWorker(
                old.uuid(),
                fresh.name(),
                fresh.region(),
                fresh.allowedAddresses(),
                old.enabled(),
                old.registered(),
                old.lastSeen());
    }

    /** Lets a worker connect again. */
    public String enable(String nameOrUuid) {
        return with(nameOrUuid, entry -> {
            workers.keeper().save(switched(entry.stored(), true));
            return entry.stored().name() + " may connect\n";
        });
    }

    /** Boots a worker off and keeps it away. */
    public String disable(String nameOrUuid) {
        return with(nameOrUuid, entry -> {
            StoredWorker off = switched(entry.stored(), false);
            // First in memory: a storage that is away must not keep an operator from booting a worker off.
            workers.register().put(off);
            workers.bootOff(off.uuid(), "an operator disabled the worker");
            workers.keeper().save(off);
            return off.name() + " is off\n";
        });
    }

    private static StoredWorker switched(StoredWorker old, boolean enabled) {
        return new StoredWorker(
                old.uuid(),
                old.name(),
                old.region(),
                old.allowedAddresses(),
                enabled,
                old.registered(),
                old.lastSeen());
    }

    /** Boots a worker off and takes it out of the register. */
    public String remove(String nameOrUuid) {
        return with(nameOrUuid, entry -> {
            workers.register().remove(entry.stored().uuid());
            workers.bootOff(entry.stored().uuid(), "an operator removed the worker");
            workers.keeper().remove(entry.stored().uuid());
            return workers.keeper().isConfigured(entry.stored().uuid())
                    ? entry.stored().name() + " is removed; the configuration registers it again\n"
                    : entry.stored().name() + " is removed\n";
        });
    }

    private String with(String nameOrUuid, Function<Entry, String> command) {
        return trying(() -> workers.register()
                .find(nameOrUuid)
                .map(command)
                .orElse("there is no worker " + printable(nameOrUuid) + "\n"));
    }

    private static String trying(Supplier<String> command) {
        try {
            return command.get();
        } catch (IllegalArgumentException | UnavailableException | StorageException e) {
            return e.getMessage() + "\n";
        }
    }

    private static String advertised(Entry entry) {
        WorkerServer server = entry.forClients();
        return server == null ? "-" : server.host() + ":" + server.port();
    }

    private static String seen(Entry entry) {
        Instant seen = entry.stored().lastSeen();
        return entry.isConnected() ? "now" : seen == null ? "never" : TIME.format(seen);
    }

    private static String cut(String text, int columns) {
        return text.length() <= columns ? text : text.substring(0, columns - 1) + "~";
    }

    /** Text of others on the operator's terminal: nothing that moves its cursor. */
    private static String printable(String text) {
        return cut(text.replaceAll("[^\\x20-\\x7e]", "?"), 64);
    }
}
