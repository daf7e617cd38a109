package org.papertrader.auth.internal;

import java.time.Instant;
import org.papertrader.auth.internal.AuthSettings.SessionLimits;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.storage.api.SessionStore.StoredSession;
import org.papertrader.storage.api.SessionStore.Touch;

/** An active session in memory. Its times move forward only; any thread. */
final class LiveSession {
    private static final long CONNECTED = Long.MAX_VALUE;

    private final SessionId id;
    private final StoredSession stored;
    private volatile long lastUsed;
    /** When its last connection ended, or {@link #CONNECTED}. Written under the registry's attendance lock. */
    private volatile long absentSince;

    private volatile boolean touched;
    private volatile boolean ended;

    LiveSession(SessionId id, StoredSession stored) {
        this.id = id;
        this.stored = stored;
        this.lastUsed = stored.lastUsed().toEpochMilli();
        this.absentSince = stored.created().toEpochMilli();
    }

    SessionId id() {
        return id;
    }

    StoredSession stored() {
        return stored;
    }

    /** It was used; being used is also a sign of a connection. */
    void use(long now) {
        if (now > lastUsed) {
            lastUsed = now;
            touched = true;
        }
    }

    void connected() {
        absentSince = CONNECTED;
    }

    void absentSince(long since) {
        absentSince = since;
    }

    boolean isConnected() {
        return absentSince == CONNECTED;
    }

    /** Ends it; true for the first to do so. */
    synchronized boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    boolean hasEnded() {
        return ended;
    }

    boolean isOver(long now, SessionLimits limits) {
        return ended || now >= expires(limits) || isLeft(now, limits);
    }

    private boolean isLeft(long now, SessionLimits limits) {
        long since = absentSince;
        return stored.expirable()
                && since != CONNECTED
                && now >= Math.max(since, lastUsed) + limits.grace().toMillis();
    }

    /** May leave memory without anything being forgotten. */
    boolean isEvictable() {
        return !stored.expirable() && !touched && !isConnected();
    }

    /** What to store of its use; from now on it counts as stored. */
    Touch takeTouch(SessionLimits limits) {
        touched = false;
        return new Touch(stored.hash(), Instant.ofEpochMilli(lastUsed), Instant.ofEpochMilli(expires(limits)));
    }

    boolean isTouched() {
        return touched;
    }

    void touchAgain() {
        touched = true;
    }

    long lastUsed() {
        return lastUsed;
    }

    long expires(SessionLimits limits) {
        return expires(stored, lastUsed, limits);
    }

    static long expires(StoredSession stored, long lastUsed, SessionLimits limits) {
        long created = stored.created().toEpochMilli();
        if (stored.expirable()) {
            return created + limits.absolute().toMillis();
        }
        return Math.min(
                lastUsed + limits.rememberedIdle().toMillis(),
                created + limits.rememberedAbsolute().toMillis());
    }

    Session toSession(SessionLimits limits) {
        return new Session(
                stored.account(),
                stored.userName(),
                Instant.ofEpochMilli(expires(limits)),
                stored.expirable(),
                stored.clientAddress());
    }
}
