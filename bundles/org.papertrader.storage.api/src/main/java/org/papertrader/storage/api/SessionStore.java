package org.papertrader.storage.api;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.AccountId;
import org.papertrader.model.UserName;

/** Sessions by the hash of their id; the id itself is never stored. Blocking, thread-safe. */
@ProviderType
public interface SessionStore {
    /** Adds a session. */
    void add(StoredSession session);

    /** The session of this hash. */
    Optional<StoredSession> find(SessionHash hash);

    /** All sessions of an account, oldest first. */
    List<StoredSession> ofAccount(AccountId account);

    /**
     * Notes when sessions were last used and when they now expire; unknown ones are ignored. A failure or a crash may leave
     * some of them noted.
     */
    void touch(List<Touch> touches);

    /** Ends sessions; unknown ones are ignored. */
    void remove(List<SessionHash> hashes);

    /** Ends all sessions that expired before this instant, at most 1,000 a call, and tells which. */
    List<SessionHash> removeExpired(Instant now);

    /** A session's last use. */
    record Touch(SessionHash hash, Instant lastUsed, Instant expires) {}

    /**
     * A stored session.
     *
     * @param created when it was opened; decides its absolute limit
     * @param expires when it ends if it is not used
     * @param expirable true when it ends with its last connection
     */
    record StoredSession(
            SessionHash hash,
            AccountId account,
            UserName userName,
            Instant created,
            Instant lastUsed,
            Instant expires,
            boolean expirable,
            InetAddress clientAddress) {}
}
