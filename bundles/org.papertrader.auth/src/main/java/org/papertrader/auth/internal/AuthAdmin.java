package org.papertrader.auth.internal;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.papertrader.auth.internal.AuthSettings.SessionLimits;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.AccountStore;
import org.papertrader.storage.api.AccountStore.StoredAccount;
import org.papertrader.storage.api.SessionHash;
import org.papertrader.storage.api.SessionStore.StoredSession;

/** What the shell commands of this bundle do. Methods block and may throw {@code UnavailableException}. */
final class AuthAdmin {
    /** Most sessions of one list. */
    static final int LINES_MAX = 1_000;

    private final Stores stores;
    private final SessionRegistry registry;
    private final Supplier<SessionLimits> limits;

    AuthAdmin(Stores stores, SessionRegistry registry, Supplier<SessionLimits> limits) {
        this.stores = stores;
        this.registry = registry;
        this.limits = limits;
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

    /** How many accounts there are. */
    long accounts() {
        return stores.accounts(AccountStore::count);
    }

    /** Sessions in memory, last used first, at most {@link #LINES_MAX}. */
    List<Line> sessions() {
        return registry.live().stream()
                .filter(session -> !session.hasEnded())
                .sorted(Comparator.comparingLong(LiveSession::lastUsed).reversed())
                .limit(LINES_MAX)
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
        List<SessionHash> hashes = registry.live().stream()
                .map(session -> session.stored().hash())
                .filter(hash -> hash.hex().startsWith(hashPrefix))
                .toList();
        registry.end(hashes);
        return hashes.size();
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
