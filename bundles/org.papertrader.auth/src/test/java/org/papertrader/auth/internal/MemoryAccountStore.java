package org.papertrader.auth.internal;

import java.util.LinkedHashMap;
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
                        id, account.userName(), account.email(), account.passHash(), account.registered(), false));
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
        accounts.put(id, new StoredAccount(id, old.userName(), old.email(), passHash, old.registered(), old.locked()));
        return true;
    }

    @Override
    public synchronized long count() {
        return accounts.size();
    }

    synchronized void lock(UserName name) {
        StoredAccount old = find(name).orElseThrow();
        accounts.put(
                old.id(),
                new StoredAccount(old.id(), old.userName(), old.email(), old.passHash(), old.registered(), true));
    }

    private static void failIf(boolean fails) {
        if (fails) {
            throw new StorageException("the disk is gone", new IllegalStateException("test"));
        }
    }
}
