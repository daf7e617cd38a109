package org.papertrader.trading.internal;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.AccountId;

/** What is committed, and on disk, of every opened account. Thread-safe. */
final class CommittedViews {
    private volatile Map<Long, AccountView> views = new ConcurrentHashMap<>();

    /** What is committed of the account, or null when it was never opened. */
    @Nullable
    AccountView of(AccountId account) {
        return views.get(account.value());
    }

    void update(Collection<AccountView> changed) {
        Map<Long, AccountView> current = views;
        changed.forEach(view -> current.put(view.account().value(), view));
    }

    void replace(Collection<AccountView> all) {
        Map<Long, AccountView> fresh = new ConcurrentHashMap<>(Math.max(16, all.size() * 2));
        all.forEach(view -> fresh.put(view.account().value(), view));
        views = fresh;
    }
}
