package org.papertrader.workermanagement.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.gate.UnavailableException;
import org.papertrader.link.api.PublicKeys.KeyFacts;
import org.papertrader.model.WorkerServer;
import org.papertrader.shell.text.Words;
import org.papertrader.storage.api.StorageException;
import org.papertrader.storage.api.WorkerStore.StoredKey;
import org.papertrader.storage.api.WorkerStore.StoredWorker;
import org.papertrader.workermanagement.internal.Departures.Pace;
import org.papertrader.workermanagement.internal.Entry.Connection;
import org.papertrader.workers.api.WorkerManagement;
import org.papertrader.workers.api.WorkerView;
import org.papertrader.workers.api.Workers.WorkerClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators do with workers. Each action leaves a line in the log; taking one away waits for no other action. */
@Component(
        service = {WorkerManagement.class, WorkerDesk.class},
        property = "side=master")
public final class WorkerDesk implements WorkerManagement {
    private static final Logger AUDIT = LoggerFactory.getLogger("org.papertrader.audit.workers");

    private final StoredWorkers workers;

    @Activate
    public WorkerDesk(@Reference StoredWorkers workers) {
        this.workers = workers;
    }

    @Override
    public List<WorkerView> list() {
        return workers.register().all().stream().map(this::view).toList();
    }

    @Override
    public Optional<WorkerView> find(String worker) {
        return workers.register().find(worker).map(this::view);
    }

    @Override
    public Census census() {
        List<Entry> all = workers.register().all();
        int connected =
                (int) all.stream().filter(entry -> entry.forClients() != null).count();
        int clocksWrong = (int) all.stream()
                .filter(entry -> workers.clock(entry.stored().uuid()) instanceof WorkerClock.Wrong)
                .count();
        return new Census(connected, workers.expected(), all.size(), clocksWrong);
    }

    /** False while nobody knows which workers there are. */
    boolean isLoaded() {
        return workers.register().isLoaded();
    }

    @Override
    public synchronized Outcome register(
            UUID uuid, String name, String region, String allowedAddresses, String armoredKey) {
        return audited("register " + uuid + " as " + Words.printable(name), () -> {
            Registration wanted = new Registration(uuid, name, region, allowedAddresses);
            Optional<Entry> namesake = workers.register().named(name);
            if (namesake.isPresent() && !namesake.get().stored().uuid().equals(uuid)) {
                return new Outcome.Refused("another worker has the name " + name);
            }
            StoredKey key = workers.keeper().keys().key(armoredKey);
            Optional<StoredWorker> known = workers.register().find(uuid).map(Entry::stored);
            if (known.isPresent() && !known.get().keys().isEmpty() && !hasKey(known.get(), key)) {
                return new Outcome.Refused(
                        "worker " + known.get().name() + " has another key; worker:rotate changes it");
            }
            StoredWorker fresh = stored(wanted, key, known.orElse(null));
            workers.keeper().refuseKeysOfOthers(fresh);
            if (known.equals(Optional.of(fresh))) {
                return new Outcome.Done(name + " is registered already");
            }
            workers.keeper().save(fresh);
            return new Outcome.Done(name + (known.isEmpty() ? " is registered" : " is changed"));
        });
    }

    private static StoredWorker stored(Registration wanted, StoredKey key, @Nullable StoredWorker old) {
        return new StoredWorker(
                wanted.uuid(),
                wanted.name(),
                wanted.region(),
                wanted.allowedAddresses(),
                old == null || old.enabled(),
                old == null ? key.added() : old.registered(),
                old == null ? null : old.lastSeen(),
                old == null || old.keys().isEmpty() ? List.of(key) : old.keys());
    }

    private static boolean hasKey(StoredWorker worker, StoredKey key) {
        return worker.keys().stream().anyMatch(one -> one.fingerprint().equals(key.fingerprint()));
    }

    @Override
    public synchronized Outcome rotate(String worker, String armoredKey) {
        return with("rotate the key of", worker, entry -> {
            StoredKey key = workers.keeper().keys().key(armoredKey);
            StoredWorker stored = entry.stored();
            if (hasKey(stored, key)) {
                return new Outcome.Done(stored.name() + " has the key " + key.fingerprint() + " already");
            }
            if (stored.keys().size() > 1) {
                return new Outcome.Refused(
                        stored.name() + " has two keys already; worker:retirekey ends the older one");
            }
            List<StoredKey> both = new ArrayList<>(stored.keys());
            both.add(key);
            workers.keeper().refuseKeysOfOthers(stored.withKeys(both));
            workers.keeper().change(stored.uuid(), now -> now.withKeys(both));
            return new Outcome.Done(stored.name() + " may connect with the key " + key.fingerprint()
                    + (both.size() > 1 ? "; the old one ends when it has" : ""));
        });
    }

    @Override
    public synchronized Outcome retireKey(String worker) {
        return with("retire the old key of", worker, entry -> {
            StoredWorker stored = entry.stored();
            if (stored.keys().size() < 2) {
                return new Outcome.Done(stored.name() + " has no older key");
            }
            workers.keeper().change(stored.uuid(), RegisterKeeper::newestKeyOnly);
            return new Outcome.Done(
                    stored.name() + " has ended the key " + stored.keys().get(0).fingerprint());
        });
    }

    @Override
    public synchronized Outcome enable(String worker) {
        return with("enable", worker, entry -> {
            StoredWorker stored = entry.stored();
            if (stored.enabled()) {
                return new Outcome.Done(stored.name() + " may connect already");
            }
            workers.keeper().change(stored.uuid(), now -> now.withEnabled(true));
            workers.welcomeBack(stored.uuid());
            return new Outcome.Done(stored.name() + " may connect");
        });
    }

    @Override
    public Outcome disable(String worker) {
        return with("disable", worker, entry -> off(entry, Pace.DRAIN, " is off; its clients are told to move"));
    }

    @Override
    public Outcome boot(String worker) {
        return with("boot", worker, entry -> off(entry, Pace.BOOT, " is booted off; worker:enable lets it back"));
    }

    private Outcome off(Entry entry, Pace pace, String text) {
        UUID uuid = entry.stored().uuid();
        workers.sendOff(uuid, pace, () -> workers.register().disable(uuid));
        return enforced(() -> workers.keeper().disable(uuid), entry.stored().name() + text);
    }

    @Override
    public Outcome remove(String worker) {
        return with("remove", worker, entry -> {
            StoredWorker gone = entry.stored();
            workers.sendOff(gone.uuid(), Pace.BOOT, () -> workers.register().remove(gone.uuid()));
            String again = workers.keeper().isConfigured(gone.uuid())
                    ? gone.name() + " is removed; the configuration registers it again"
                    : gone.name() + " is removed";
            return enforced(() -> workers.keeper().remove(gone.uuid()), again);
        });
    }

    private static Outcome enforced(Runnable store, String text) {
        try {
            store.run();
            return new Outcome.Done(text);
        } catch (UnavailableException | StorageException e) {
            return new Outcome.Refused(text + "; it will be stored when the storage is back: " + e.getMessage());
        }
    }

    private Outcome with(String action, String worker, Function<Entry, Outcome> doIt) {
        return audited(action + " " + Words.printable(worker), () -> {
            if (!isLoaded()) {
                return new Outcome.Refused("the register is not loaded yet");
            }
            return workers.register()
                    .find(worker)
                    .map(doIt)
                    .orElseGet(() -> new Outcome.Refused("there is no worker " + Words.printable(worker)
                            + "; name it, or give its uuid or the beginning of it"));
        });
    }

    private static Outcome audited(String action, Supplier<Outcome> doIt) {
        Outcome outcome;
        try {
            outcome = doIt.get();
        } catch (IllegalArgumentException | UnavailableException | StorageException e) {
            outcome = new Outcome.Refused(String.valueOf(e.getMessage()));
        }
        AUDIT.info(
                "{}: {}: {}",
                action,
                outcome instanceof Outcome.Done ? "done" : "refused",
                Words.printable(outcome.text()));
        return outcome;
    }

    private WorkerView view(Entry entry) {
        StoredWorker stored = entry.stored();
        return new WorkerView(
                stored.uuid(),
                stored.name(),
                stored.region(),
                stored.allowedAddresses(),
                state(entry),
                stored.registered(),
                stored.lastSeen(),
                stored.keys().stream().map(this::key).toList(),
                link(entry));
    }

    private WorkerView.State state(Entry entry) {
        if (entry.stored().enabled()) {
            return entry.isConnected() ? WorkerView.State.CONNECTED : WorkerView.State.AWAY;
        }
        return entry.isConnected() && workers.isLeaving(entry.stored().uuid())
                ? WorkerView.State.LEAVING
                : WorkerView.State.DISABLED;
    }

    private WorkerView.Key key(StoredKey key) {
        try {
            KeyFacts facts = workers.keeper().keys().facts(key.armored());
            return new WorkerView.Key(key.fingerprint(), key.added(), facts.algorithm(), facts.expires());
        } catch (UnavailableException | IllegalArgumentException e) {
            return new WorkerView.Key(key.fingerprint(), key.added(), "", null);
        }
    }

    private WorkerView.@Nullable Link link(Entry entry) {
        Connection now = entry.connection();
        if (now == null) {
            return null;
        }
        WorkerServer told = now.hello().server();
        Measured measured = now.measured();
        WorkerView.Answer answer = measured == null
                ? null
                : new WorkerView.Answer(
                        measured.at(),
                        measured.roundTrip(),
                        measured.offset(),
                        workers.clock(entry.stored().uuid()) instanceof WorkerClock.Wrong,
                        measured.status());
        return new WorkerView.Link(
                now.address(),
                now.since(),
                told.host(),
                told.port(),
                told.certificateFingerprint(),
                Words.printable(now.hello().version()),
                now.hello().keyFingerprint(),
                answer);
    }
}
