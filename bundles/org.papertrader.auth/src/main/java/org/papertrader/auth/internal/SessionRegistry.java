package org.papertrader.auth.internal;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.papertrader.auth.internal.AuthSettings.SessionLimits;
import org.papertrader.gate.BusyException;
import org.papertrader.gate.UnavailableException;
import org.papertrader.model.AccountId;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.SessionId;
import org.papertrader.sessions.api.PresenceListener.Presence;
import org.papertrader.storage.api.AccountStore.StoredAccount;
import org.papertrader.storage.api.SessionHash;
import org.papertrader.storage.api.SessionStore.StoredSession;
import org.papertrader.storage.api.SessionStore.Touch;

/**
 * The sessions: those in use in memory, all of them in storage under the hash of their id (MST-9). Methods that say so
 * block; the others only look into memory. Thread-safe.
 *
 * <p>Sessions come into memory and end through one turnstile, and none of a locked account comes in.
 */
final class SessionRegistry {
    /** Sessions in memory; remembered ones that nobody uses give way first. */
    static final int SESSIONS_MAX = 250_000;

    private static final int STRIPES = 64;
    private static final int REMOVAL_BATCH = 1_000;
    private static final int TOUCHES_A_CALL = 5_000;
    private static final int EVICTION_BATCH = SESSIONS_MAX / 16;

    private final Stores stores;
    private final Supplier<SessionLimits> limits;
    private final Clock clock;
    private final SecureRandom random;
    private final Consumer<List<SessionId>> listeners;
    private final long started;
    private final Map<SessionHash, LiveSession> live = new ConcurrentHashMap<>();
    private final Attendance attendance = new Attendance();
    private final LockedOut lockedOut = new LockedOut();
    /** One lock for the logins of an account, so that two at once do not exceed its number of sessions. */
    private final Object[] stripes = new Object[STRIPES];

    private final Turnstile turnstile = new Turnstile();

    /** Where time and ids come from. */
    record Sources(Clock clock, SecureRandom random) {}

    /** @param listeners hears of sessions that ended */
    SessionRegistry(
            Stores stores, Supplier<SessionLimits> limits, Sources sources, Consumer<List<SessionId>> listeners) {
        this.stores = stores;
        this.limits = limits;
        this.clock = sources.clock();
        this.random = sources.random();
        this.listeners = listeners;
        this.started = clock.millis();
        Arrays.setAll(stripes, i -> new Object());
    }

    /**
     * Opens a session under a fresh id; ends the account's oldest when it has too many. Null when the account has been
     * locked since it was looked at. Blocks.
     */
    @Nullable
    LiveSession open(StoredAccount account, boolean expirable, InetAddress address) {
        makeRoom();
        byte[] bytes = new byte[SessionId.LENGTH];
        random.nextBytes(bytes);
        SessionId id = SessionId.of(bytes);
        Instant now = Instant.ofEpochMilli(clock.millis());
        StoredSession draft = new StoredSession(
                SessionHash.of(id), account.id(), account.userName(), now, now, now, expirable, address);
        long expires = LiveSession.expires(draft, now.toEpochMilli(), limits.get());
        StoredSession stored = new StoredSession(
                draft.hash(),
                draft.account(),
                draft.userName(),
                now,
                now,
                Instant.ofEpochMilli(expires),
                expirable,
                address);
        LiveSession session = new LiveSession(id, stored);
        synchronized (stripe(account.id())) {
            if (isLocked(account.id())) {
                return null;
            }
            endOldest(account.id());
            turnstile.whileNoneEnds(() -> {
                stores.sessions(store -> {
                    store.add(stored);
                    return true;
                });
                return live.put(stored.hash(), session);
            });
        }
        return session;
    }

    private boolean isLocked(AccountId account) {
        return stores.accounts(store -> store.find(account))
                .map(StoredAccount::locked)
                .orElse(true);
    }

    /**
     * Stores a lock and ends all sessions of the account; no login that is under way opens another one. Blocks.
     *
     * @param lock stores it; throws where it cannot
     * @return how many sessions ended; empty when the storage went away after the lock was stored: then those in memory
     *     end once it is back, and the others when somebody comes with one
     */
    OptionalInt lockOut(AccountId account, Runnable lock) {
        synchronized (stripe(account)) {
            lock.run();
        }
        // None comes meanwhile that was looked up before the lock was stored.
        List<LiveSession> present = turnstile.whileNoneComes(() -> live.values().stream()
                .filter(session -> session.stored().account().equals(account))
                .toList());
        lockedOut.note(
                account,
                present.stream().map(session -> session.stored().hash()).toList());
        present.forEach(LiveSession::end);
        try {
            List<SessionHash> all = stores.sessions(store -> store.ofAccount(account)).stream()
                    .map(StoredSession::hash)
                    .toList();
            lockedOut.note(account, all);
            end(all);
            return OptionalInt.of(all.size());
        } catch (UnavailableException e) {
            return OptionalInt.empty();
        }
    }

    /** The account's users may log in again; what became of their ended sessions is forgotten. */
    void letIn(AccountId account) {
        lockedOut.forget(account);
    }

    /** Why a session is not active. */
    ReasonCode whyInactive(SessionId id) {
        return lockedOut.has(SessionHash.of(id)) ? ReasonCode.ACCOUNT_LOCKED : ReasonCode.NO_SESSION;
    }

    private Object stripe(AccountId account) {
        return stripes[(int) (account.value() % STRIPES)];
    }

    private void endOldest(AccountId account) {
        List<StoredSession> present = stores.sessions(store -> store.ofAccount(account));
        int surplus = present.size() + 1 - limits.get().perAccountMax();
        if (surplus > 0) {
            end(present.subList(0, surplus).stream().map(StoredSession::hash).toList());
        }
    }

    private void makeRoom() {
        if (live.size() < SESSIONS_MAX) {
            return;
        }
        List<LiveSession> idle = live.values().stream()
                .filter(LiveSession::isEvictable)
                .limit(EVICTION_BATCH)
                .toList();
        idle.forEach(session -> live.remove(session.stored().hash(), session));
        if (live.size() >= SESSIONS_MAX) {
            throw new BusyException("sessions");
        }
    }

    /** The session in memory, whether it is over or not; null when it is not there. */
    @Nullable
    LiveSession find(SessionHash hash) {
        return live.get(hash);
    }

    /** Notes a use; false when the session is over. */
    boolean use(LiveSession session) {
        long now = clock.millis();
        if (session.isOver(now, limits.get())) {
            return false;
        }
        session.use(now);
        return true;
    }

    /** The session from storage, now in memory; null when there is none, it is over or its account locked. Blocks. */
    @Nullable
    LiveSession load(SessionId id) {
        SessionHash hash = SessionHash.of(id);
        LiveSession session = fetch(id, hash);
        if (session != null && session.isOver(clock.millis(), limits.get())) {
            end(List.of(hash));
            if (lockedOut.has(hash)) {
                // It never came into memory, but workers may have connections of it.
                sendOff(List.of(id));
            }
            return null;
        }
        return session;
    }

    /** Loads sessions that a worker has connections of, and tells of those that have ended. Blocks. */
    void loadConnected(List<SessionId> ids) {
        sendOff(ids.stream().filter(id -> load(id) == null).toList());
    }

    private void sendOff(List<SessionId> gone) {
        synchronized (attendance) {
            gone.forEach(attendance::ended);
        }
        tell(gone);
    }

    /** Of a locked account a session that has ended, and is not in memory. */
    private @Nullable LiveSession fetch(SessionId id, SessionHash hash) {
        makeRoom();
        return turnstile.whileNoneEnds(() -> {
            LiveSession present = live.get(hash);
            if (present != null) {
                return present;
            }
            StoredSession stored = stores.sessions(store -> store.find(hash)).orElse(null);
            if (stored == null) {
                return null;
            }
            LiveSession session = new LiveSession(id, stored);
            if (isLocked(stored.account())) {
                lockedOut.note(stored.account(), List.of(hash));
                session.end();
                return session;
            }
            settle(session);
            LiveSession other = live.putIfAbsent(hash, session);
            return other == null ? session : other;
        });
    }

    /** A session that comes from storage: connected as the workers say, else absent since this master started. */
    private void settle(LiveSession session) {
        synchronized (attendance) {
            long now = clock.millis();
            long absent = now < started + limits.get().grace().toMillis() ? now : started;
            session.absentSince(Math.max(absent, session.stored().created().toEpochMilli()));
            if (attendance.isPresent(session.id())) {
                session.connected();
            }
        }
    }

    /** Takes what a worker tells; gives the connected ids that are not in memory, to be loaded. Never blocks. */
    List<SessionId> presence(UUID worker, List<Presence> changes) {
        List<SessionId> unknown = new ArrayList<>();
        synchronized (attendance) {
            for (Presence change : changes) {
                attendance.apply(worker, change);
                if (!note(change.session()) && change.connected()) {
                    unknown.add(change.session());
                }
            }
        }
        return unknown;
    }

    /** Forgets what a worker told. Never blocks. */
    void presenceReset(UUID worker) {
        synchronized (attendance) {
            attendance.forget(worker).forEach(this::note);
        }
    }

    private boolean note(SessionId id) {
        LiveSession session = live.get(SessionHash.of(id));
        if (session == null) {
            return false;
        }
        if (attendance.isPresent(id)) {
            session.connected();
        } else if (session.isConnected()) {
            session.absentSince(clock.millis());
        }
        return true;
    }

    /** How many workers say that they have connections of the session. */
    int workers(SessionId id) {
        synchronized (attendance) {
            return attendance.workers(id);
        }
    }

    /** Ends sessions, in memory at once, then in storage, and tells the listeners. Blocks. */
    void end(Collection<SessionHash> hashes) {
        for (SessionHash hash : hashes) {
            LiveSession session = live.get(hash);
            if (session != null) {
                session.end();
            }
        }
        List<SessionHash> all = List.copyOf(hashes);
        for (int from = 0; from < all.size(); from += REMOVAL_BATCH) {
            remove(all.subList(from, Math.min(all.size(), from + REMOVAL_BATCH)));
        }
    }

    private void remove(List<SessionHash> hashes) {
        tell(turnstile.whileNoneComes(() -> {
            List<SessionId> gone = new ArrayList<>();
            stores.sessions(store -> {
                store.remove(hashes);
                return true;
            });
            hashes.forEach(hash -> forget(hash, gone));
            return gone;
        }));
    }

    private void forget(SessionHash hash, List<SessionId> gone) {
        LiveSession session = live.remove(hash);
        if (session != null) {
            session.end();
            synchronized (attendance) {
                attendance.ended(session.id());
            }
            gone.add(session.id());
        }
    }

    private void tell(List<SessionId> gone) {
        if (!gone.isEmpty()) {
            listeners.accept(gone);
        }
    }

    /** Ends the sessions in memory that are over. Blocks. */
    void endOver() {
        long now = clock.millis();
        end(live.values().stream()
                .filter(session -> session.isOver(now, limits.get()))
                .map(session -> session.stored().hash())
                .toList());
    }

    /** Stores when sessions were last used. Blocks. */
    void flush() {
        List<LiveSession> used =
                live.values().stream().filter(LiveSession::isTouched).toList();
        if (used.isEmpty()) {
            return;
        }
        List<Touch> touches =
                used.stream().map(session -> session.takeTouch(limits.get())).toList();
        try {
            for (int from = 0; from < touches.size(); from += TOUCHES_A_CALL) {
                List<Touch> some = touches.subList(from, Math.min(touches.size(), from + TOUCHES_A_CALL));
                stores.sessions(store -> {
                    store.touch(some);
                    return true;
                });
            }
        } catch (RuntimeException e) {
            // Whatever failed: what was used must be stored at the next turn.
            used.forEach(LiveSession::touchAgain);
            throw e;
        }
    }

    /** Ends sessions in storage that expired unused; what was used before now is stored first. Blocks. */
    int removeExpired() {
        Instant now = Instant.ofEpochMilli(clock.millis());
        flush();
        List<SessionHash> removed = stores.sessions(store -> store.removeExpired(now));
        List<SessionId> gone = new ArrayList<>();
        removed.forEach(hash -> forget(hash, gone));
        tell(gone);
        return removed.size();
    }

    /** All in memory. */
    Collection<LiveSession> live() {
        return live.values();
    }
}
