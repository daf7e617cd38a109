package org.papertrader.auth.internal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.papertrader.model.AccountId;
import org.papertrader.storage.api.SessionHash;

/**
 * Sessions that a lock has ended, so that their users hear why instead of 'no session': the latest of them, until the
 * account is unlocked or this program ends. Thread-safe.
 */
final class LockedOut {
    static final int SESSIONS_MAX = 10_000;

    private final Map<SessionHash, AccountId> accounts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionHash, AccountId> eldest) {
            return size() > SESSIONS_MAX;
        }
    };

    synchronized void note(AccountId account, Collection<SessionHash> sessions) {
        sessions.forEach(session -> accounts.put(session, account));
    }

    synchronized boolean has(SessionHash session) {
        return accounts.containsKey(session);
    }

    synchronized void forget(AccountId account) {
        accounts.values().removeIf(account::equals);
    }
}
