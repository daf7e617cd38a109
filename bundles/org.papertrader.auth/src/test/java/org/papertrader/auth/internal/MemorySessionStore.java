package org.papertrader.auth.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.papertrader.model.AccountId;
import org.papertrader.storage.api.SessionHash;
import org.papertrader.storage.api.SessionStore;

/** Sessions in memory; outlives the provider under test, as a storage does. */
final class MemorySessionStore implements SessionStore {
    private final Map<SessionHash, StoredSession> sessions = new LinkedHashMap<>();
    volatile int touches;
    /** Runs between the reading of a session and its return. */
    volatile Runnable afterFind = () -> {};

    @Override
    public synchronized void add(StoredSession session) {
        sessions.put(session.hash(), session);
    }

    @Override
    public Optional<StoredSession> find(SessionHash hash) {
        Optional<StoredSession> found = read(hash);
        afterFind.run();
        return found;
    }

    private synchronized Optional<StoredSession> read(SessionHash hash) {
        return Optional.ofNullable(sessions.get(hash));
    }

    @Override
    public synchronized List<StoredSession> ofAccount(AccountId account) {
        return sessions.values().stream()
                .filter(session -> session.account().equals(account))
                .toList();
    }

    @Override
    public synchronized void touch(List<Touch> all) {
        for (Touch touch : all) {
            touches++;
            sessions.computeIfPresent(
                    touch.hash(),
                    (hash, old) -> new StoredSession(
                            hash,
                            old.account(),
                            old.userName(),
                            old.created(),
                            touch.lastUsed(),
                            touch.expires(),
                            old.expirable(),
                            old.clientAddress()));
        }
    }

    @Override
    public synchronized void remove(List<SessionHash> hashes) {
        hashes.forEach(sessions::remove);
    }

    @Override
    public synchronized List<SessionHash> removeExpired(Instant now) {
        List<SessionHash> expired = new ArrayList<>();
        sessions.values().stream()
                .filter(session -> session.expires().isBefore(now))
                .limit(1_000)
                .forEach(session -> expired.add(session.hash()));
        remove(expired);
        return expired;
    }

    synchronized List<StoredSession> all() {
        return List.copyOf(sessions.values());
    }
}
