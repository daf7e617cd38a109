package org.papertrader.trading.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.AccountId;

/**
 * What is committed, and on disk, of every opened account. Between a commit and its sync the storage already shows what
 * is not in here yet; who read it there waits with {@link #caughtUp}, so that nobody sees money move twice. Thread-safe.
 */
final class CommittedViews {
    private volatile Map<Long, AccountView> views = new ConcurrentHashMap<>();
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private boolean committing;

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

    /** A commit begins; for the committer's thread. */
    void committing() {
        synchronized (waiting) {
            committing = true;
        }
    }

    /** What was committed is in here, or was given up; for the committer's thread. */
    void committed() {
        List<CompletableFuture<Void>> served;
        synchronized (waiting) {
            committing = false;
            served = List.copyOf(waiting);
            waiting.clear();
        }
        served.forEach(reader -> reader.complete(null));
    }

    /** Completes once everything is in here that the storage may have shown before this call. */
    CompletableFuture<Void> caughtUp() {
        synchronized (waiting) {
            if (!committing) {
                return CompletableFuture.completedFuture(null);
            }
            CompletableFuture<Void> reader = new CompletableFuture<>();
            waiting.add(reader);
            return reader;
        }
    }
}
