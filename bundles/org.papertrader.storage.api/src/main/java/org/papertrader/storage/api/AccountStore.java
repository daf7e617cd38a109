package org.papertrader.storage.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.AccountId;
import org.papertrader.model.Email;
import org.papertrader.model.UserName;

/**
 * Accounts (DS-1). Methods block, may be called from several threads, and throw {@link StorageException} when the
 * storage fails. What a method changed is on disk when it returns.
 */
@ProviderType
public interface AccountStore {
    /** Adds an account under the next number; of two at once with one name or e-mail exactly one succeeds. */
    Added add(NewAccount account);

    /** The account of this name, in any case of letters. */
    Optional<StoredAccount> find(UserName userName);

    /** The account of this number. */
    Optional<StoredAccount> find(AccountId id);

    /** Replaces the password hash if it still is {@code expected}; false when it is not. */
    boolean replacePassHash(AccountId id, String expected, String passHash);

    /** How many accounts there are. */
    long count();

    /** Accounts by name in lower case, at most {@code limit} of them, 1 to 100,000. */
    List<StoredAccount> list(Selection selection, int limit);

    /** Locks an account, or replaces its lock; false when there is no such account. */
    boolean lock(AccountId id, Lock lock);

    /** Takes an account's lock away; false when it had none. */
    boolean unlock(AccountId id);

    /**
     * Which accounts are listed.
     *
     * @param prefix beginning of their names, in any case; of the characters of names
     * @param onlyLocked true for those with a lock
     * @param after those behind this name only, or null
     */
    record Selection(
            String prefix, boolean onlyLocked, @Nullable UserName after) {
        /** All accounts. */
        public static final Selection ALL = new Selection("", false, null);
    }

    /**
     * An operator's lock of an account.
     *
     * @param since when it was locked; null where that is not known
     * @param reason for other operators, at most {@value #REASON_MAX} characters; may be empty
     */
    record Lock(@Nullable Instant since, String reason) {
        /** Most characters of a reason. */
        public static final int REASON_MAX = 200;
    }

    /**
     * An account to add.
     *
     * @param passHash PHC string of the hashed password, or null for an account without password (isPassword false)
     */
    record NewAccount(
            UserName userName, Email email, @Nullable String passHash, Instant registered) {
        /** Without the hash. */
        @Override
        public String toString() {
            return "NewAccount[" + userName + "]";
        }
    }

    /**
     * A stored account.
     *
     * @param lock who has one cannot log in; null for none
     */
    record StoredAccount(
            AccountId id,
            UserName userName,
            Email email,
            @Nullable String passHash,
            Instant registered,
            @Nullable Lock lock) {
        /** Whether it is locked. */
        public boolean locked() {
            return lock != null;
        }

        /** Without the hash. */
        @Override
        public String toString() {
            return "StoredAccount[" + id + " " + userName + "]";
        }
    }

    /** What became of an account to add. */
    sealed interface Added {
        /** It is stored. */
        record Ok(AccountId id) implements Added {}

        /** Another account has the name. */
        record UserNameTaken() implements Added {}

        /** Another account has the address. */
        record EmailTaken() implements Added {}
    }
}
