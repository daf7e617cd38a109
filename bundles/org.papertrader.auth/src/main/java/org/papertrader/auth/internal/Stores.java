package org.papertrader.auth.internal;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.papertrader.gate.Gate;
import org.papertrader.gate.UnavailableException;
import org.papertrader.storage.api.AccountStore;
import org.papertrader.storage.api.SessionStore;
import org.papertrader.storage.api.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to the stores: through their gates, on the bounded pool, with a failed storage told as unavailable. */
final class Stores {
    static final int THREADS = 4;
    static final int QUEUE_MAX = 2_048;
    private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

    private final Gate<AccountStore> accounts;
    private final Gate<SessionStore> sessions;
    private final WorkPool pool;

    Stores(Gate<AccountStore> accounts, Gate<SessionStore> sessions, WorkPool pool) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.pool = pool;
    }

    /** Runs work on the pool that calls {@link #accounts} and {@link #sessions} itself. */
    <T> CompletionStage<T> run(Supplier<T> work) {
        return pool.run(work);
    }

    /** Calls the accounts on this thread, which may block. */
    <T> T accounts(Function<AccountStore, T> call) {
        return guarded(() -> accounts.call(call));
    }

    /** Calls the sessions on this thread, which may block. */
    <T> T sessions(Function<SessionStore, T> call) {
        return guarded(() -> sessions.call(call));
    }

    private static <T> T guarded(Supplier<T> call) {
        try {
            return call.get();
        } catch (StorageException e) {
            LOG.warn("the storage failed", e);
            throw new UnavailableException("storage");
        }
    }
}
