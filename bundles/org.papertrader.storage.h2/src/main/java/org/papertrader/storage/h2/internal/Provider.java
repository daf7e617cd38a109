package org.papertrader.storage.h2.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.papertrader.storage.api.AccountStore;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.storage.api.MarketStore;
import org.papertrader.storage.api.SessionStore;
import org.papertrader.storage.api.WorkerStore;
import org.papertrader.storage.jdbc.JdbcStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the storage on its own thread, registers the stores, and takes them back before it closes. */
final class Provider implements AutoCloseable {
    /** How long a file that another has open is waited for: its holder may just be stopping. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);

    private static final Duration LOCK_RETRY = Duration.ofMillis(200);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(Provider.class);

    private final BundleContext context;
    private final Path directory;
    private final Callable<Mover> opener;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private @Nullable Mover mover;

    Provider(BundleContext context, Path directory, Callable<Mover> opener) {
        this.context = context;
        this.directory = directory;
        this.opener = opener;
        this.thread = new Thread(this::run, "storage-h2-open");
    }

    void start() {
        thread.start();
    }

    /** The open database, or null while there is none. */
    synchronized @Nullable Mover opened() {
        return mover;
    }

    /** Takes the stores back, which waits for running calls, and closes the pool. */
    @Override
    public void close() {
        closing.countDown();
        awaitOpener();
        release();
    }

    private void run() {
        try {
            Mover opened = open();
            if (opened != null) {
                publish(opened);
            }
        } catch (Exception e) {
            // Whatever keeps the database from opening ends here: the operator gets one line, the log the rest.
            String line = H2Files.explain(e, directory);
            LOG.error("No storage: {}", line, e);
            register(String.class, "storage", Map.of("papertrader.fatal", line));
        }
    }

    /** Null when closed meanwhile. */
    private @Nullable Mover open() throws Exception {
        long deadline = System.nanoTime() + LOCK_PATIENCE.toNanos();
        while (true) {
            try {
                return opener.call();
            } catch (Exception e) {
                // Callable declares it. Whatever the opener throws, only a file that a predecessor still holds is
                // waited for.
                if (!H2Files.isLocked(e) || System.nanoTime() - deadline >= 0) {
                    throw e;
                }
            }
            if (closing.await(LOCK_RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                return null;
            }
        }
    }

    private void publish(Mover opening) {
        synchronized (this) {
            mover = opening;
        }
        JdbcStorage opened = opening.storage();
        Map<String, Object> side = Map.of("side", "master");
        register(MarketStore.class, opened.market(), side);
        register(AccountStore.class, opened.accounts(), side);
        register(SessionStore.class, opened.sessions(), side);
        register(WorkerStore.class, opened.workers(), side);
        register(LedgerStore.class, opened.ledger(), side);
        register(
                StorageCommands.class,
                new StorageCommands(opening),
                Map.of(
                        "osgi.command.scope",
                        StorageCommands.SCOPE,
                        "osgi.command.function",
                        StorageCommands.FUNCTIONS));
        if (isClosing()) {
            release();
        } else {
            LOG.info("The database in {} is open.", opening.directory());
        }
    }

    private <S> void register(Class<S> type, S service, Map<String, Object> properties) {
        if (isClosing()) {
            return;
        }
        Dictionary<String, Object> dictionary = FrameworkUtil.asDictionary(properties);
        ServiceRegistration<S> registration = context.registerService(type, service, dictionary);
        synchronized (this) {
            registrations.add(registration);
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** May run twice, once by the closing thread and once by an opener that was late. */
    private void release() {
        List<ServiceRegistration<?>> ours;
        Mover open;
        synchronized (this) {
            ours = new ArrayList<>(registrations);
            registrations.clear();
            open = mover;
            mover = null;
        }
        if (open != null) {
            open.close();
        }
        Collections.reverse(ours);
        ours.forEach(Provider::unregister);
        if (open != null) {
            open.storage().close();
        }
    }

    private void awaitOpener() {
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(CLOSE_PATIENCE.toMillis());
            if (thread.isAlive()) {
                LOG.warn("The database in {} is still being opened.", directory);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void unregister(ServiceRegistration<?> registration) {
        try {
            registration.unregister();
        } catch (IllegalStateException e) {
            // The framework took it back already, with the bundle's context.
            LOG.debug("A store was taken back before.", e);
        }
    }
}
