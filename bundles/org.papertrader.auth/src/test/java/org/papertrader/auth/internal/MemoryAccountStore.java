package org.papertrader.auth.internal;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.papertrader.model.AccountId;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.AccountStore;
import org.papertrader.storage.api.StorageException;

/** Accounts in memory, with a switch for a failing storage. */
final class MemoryAccountStore implements AccountStore {
    private final Map<AccountId, StoredAccount> accounts = new LinkedHashMap<>();
    volatile boolean failsReads;
    volatile boolean failsAfterAdd;

    @Override
    public synchronized Added add(NewAccount account) {
        failIf(failsReads);
        if (find(account.userName()).isPresent()) {
            return new Added.UserNameTaken();
        }
        if (accounts.values().stream()
                .anyMatch(other -> other.email().key().equals(account.email().key()))) {
            return new Added.EmailTaken();
        }
        AccountId id = new AccountId(accounts.size() + 1L);
        accounts.put(
                id,
                new StoredAccount(
                        id, account.userName(), account.email(), account.passHash(), account.registered(), null));
        failIf(failsAfterAdd);
        return new Added.Ok(id);
    }

    @Override
    public synchronized Optional<StoredAccount> find(UserName userName) {
        failIf(failsReads);
        return accounts.values().stream()
                .filter(account -> account.userName().equals(userName))
                .findFirst();
    }

    @Override
    public synchronized Optional<StoredAccount> find(AccountId id) {
        failIf(failsReads);
        return Optional.ofNullable(accounts.get(id));
    }

    @Override
    public synchronized boolean replacePassHash(AccountId id, String expected, String passHash) {
        StoredAccount old = accounts.get(id);
        if (old == null || !expected.equals(old.passHash())) {
            return false;
        }
        accounts.put(id, new StoredAccount(id, old.userName(), old.email(), passHash, old.registered(), old.lock()));
        return true;
    }

    @Override
    public synchronized long count() {
        return accounts.size();
    }

    @Override
    public synchronized List<StoredAccount> list(Selection selection, int limit) {
        failIf(failsReads);
        UserName after = selection.after();
        return accounts.values().stream()
                .filter(account -> account.userName().key().startsWith(selection.prefix()))
                .filter(account -> account.locked() || !selection.onlyLocked())
                .filter(account -> after == null || account.userName().key().compareTo(after.key()) > 0)
                .sorted(Comparator.comparing(account -> account.userName().key()))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean lock(AccountId id, Lock lock) {
        failIf(failsReads);
        return accounts.computeIfPresent(id, (key, old) -> with(old, lock)) != null;
    }

    @Override
    public synchronized boolean unlock(AccountId id) {
        failIf(failsReads);
        StoredAccount old = accounts.get(id);
        accounts.computeIfPresent(id, (key, present) -> with(present, null));
        return old != null && old.locked();
    }

    private static StoredAccount with(StoredAccount old, Lock lock) {
        return new StoredAccount(old.id(), old.userName(), old.email(), old.passHash(), old.registered(), lock);
    }

    private static void failIf(boolean fails) {
        if (fails) {
            throw new StorageException("the disk is gone", new IllegalStateException("test"));
        }
    }
}
