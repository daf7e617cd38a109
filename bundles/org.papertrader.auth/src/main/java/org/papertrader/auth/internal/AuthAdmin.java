package org.papertrader.auth.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.papertrader.auth.internal.AuthSettings.SessionLimits;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.AccountStore;
import org.papertrader.storage.api.AccountStore.Lock;
import org.papertrader.storage.api.AccountStore.Selection;
import org.papertrader.storage.api.AccountStore.StoredAccount;
import org.papertrader.storage.api.SessionHash;
import org.papertrader.storage.api.SessionStore.StoredSession;

/** What the shell commands of this bundle do. Methods block and may throw {@code UnavailableException}. */
final class AuthAdmin {
    private final Stores stores;
    private final SessionRegistry registry;
    private final Supplier<SessionLimits> limits;
    private final Clock clock;

    AuthAdmin(Stores stores, SessionRegistry registry, Supplier<SessionLimits> limits, Clock clock) {
        this.stores = stores;
        this.registry = registry;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * A session as an operator may see it; its hash logs nobody in.
     *
     * @param workers workers with connections of it
     */
    record Line(SessionHash hash, StoredSession stored, Instant lastUsed, Instant expires, int workers) {}

    /** The account of a name. */
    Optional<StoredAccount> account(UserName user) {
        return stores.accounts(store -> store.find(user));
    }

    /** Accounts by name. */
    List<StoredAccount> accounts(Selection selection, int limit) {
        return stores.accounts(store -> store.list(selection, limit));
    }

    /** How many accounts there are. */
    long accounts() {
        return stores.accounts(AccountStore::count);
    }

    /** Locks an account, or gives its lock another reason, and ends its sessions; see {@link SessionRegistry#lockOut}. */
    OptionalInt lock(StoredAccount account, String reason) {
        Instant since = Instant.ofEpochMilli(clock.millis());
        return registry.lockOut(
                account.id(), () -> stores.accounts(store -> store.lock(account.id(), new Lock(since, reason))));
    }

    /** Lets an account log in again; false when it was not locked. */
    boolean unlock(StoredAccount account) {
        boolean unlocked = stores.accounts(store -> store.unlock(account.id()));
        registry.letIn(account.id());
        return unlocked;
    }

    /** How many sessions are in memory. */
    int liveSessions() {
        return registry.live().size();
    }

    /** Sessions in memory, last used first. */
    List<Line> sessions(int limit) {
        return live().stream()
                .filter(session -> !session.hasEnded())
                .sorted(Comparator.comparingLong(LiveSession::lastUsed).reversed())
                .limit(limit)
                .map(this::line)
                .toList();
    }

    /** All sessions of an account, oldest first. */
    List<Line> sessions(StoredAccount account) {
        return stores.sessions(store -> store.ofAccount(account.id())).stream()
                .map(stored -> {
                    LiveSession live = registry.find(stored.hash());
                    return live == null
                            ? new Line(stored.hash(), stored, stored.lastUsed(), stored.expires(), 0)
                            : line(live);
                })
                .toList();
    }

    /** Ends all sessions of an account; gives their number. */
    int endAll(StoredAccount account) {
        List<SessionHash> hashes = stores.sessions(store -> store.ofAccount(account.id())).stream()
                .map(StoredSession::hash)
                .toList();
        registry.end(hashes);
        return hashes.size();
    }

    /** Ends the sessions in memory whose hash begins so; gives their number. */
    int end(String hashPrefix) {
        List<SessionHash> hashes = live().stream()
                .map(session -> session.stored().hash())
                .filter(hash -> hash.hex().startsWith(hashPrefix))
                .toList();
        registry.end(hashes);
        return hashes.size();
    }

    private Collection<LiveSession> live() {
        return registry.live();
    }

    private Line line(LiveSession live) {
        return new Line(
                live.stored().hash(),
                live.stored(),
                Instant.ofEpochMilli(live.lastUsed()),
                Instant.ofEpochMilli(live.expires(limits.get())),
                registry.workers(live.id()));
    }
}
