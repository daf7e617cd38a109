package org.papertrader.trading.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.UnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the writer's batches in order, on its own thread: all that wait are committed, then synced together, and only
 * then answered. The only thread of the ledger's that waits for the storage.
 */
final class Committer implements Runnable {
    /** Batches that may wait before the writer gathers more into one. */
    private static final int WAITING_MAX = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final LeasedLedger ledger;
    private final BatchStore store;
    private final CommittedViews views;
    private final CommitEvents events;
    private final Consumer<List<Batch>> durable;
    private final TradingMeter meter;
    private int taken;
    private boolean broken;
    private boolean ended;

    /** @param durable gets the batches of a group once they are on disk, in order, and puts them into {@code views} */
    Committer(
            LeasedLedger ledger,
            BatchStore store,
            CommittedViews views,
            CommitEvents events,
            Consumer<List<Batch>> durable,
            TradingMeter meter) {
        this.ledger = ledger;
        this.views = views;
        this.store = store;
        this.events = events;
        this.durable = durable;
        this.meter = meter;
    }

    boolean hasRoom() {
        return waiting.get() < WAITING_MAX;
    }

    /** True when another slice of a settlement would not run far ahead of what is stored. */
    boolean isNearlyIdle() {
        return waiting.get() < 2;
    }

    int waiting() {
        return waiting.get();
    }

    /** True when every batch is on disk, or given back. */
    boolean isIdle() {
        return unfinished.get() == 0;
    }

    /** Orders up to this number are committed. */
    long committedOrderId() {
        return store.committedOrderId();
    }

    void add(Work work) {
        if (work instanceof Batch) {
            waiting.incrementAndGet();
            unfinished.incrementAndGet();
        }
        queue.add(work);
    }

    /** From now on nothing more is written, and nothing is waited for. */
    void abandon() {
        store.abandon();
        ledger.stop();
    }

    @Override
    public void run() {
        try {
            work();
        } finally {
            if (!ended) {
                // An error ended this thread: without it nothing can be stored or answered.
                events.fenced();
            }
        }
    }

    private void work() {
        Work left = null;
        while (!ended) {
            Work work = left == null ? take() : left;
            left = null;
            if (work instanceof Batch batch) {
                List<Batch> group = new ArrayList<>();
                group.add(batch);
                left = gather(group);
                views.committing();
                try {
                    store(group);
                } finally {
                    views.committed();
                }
                unfinished.addAndGet(-taken);
                taken = 0;
            } else if (work == Work.Signal.LOAD) {
                load();
            } else if (work == Work.Signal.CHECK) {
                check();
            } else {
                ended = true;
                events.finished();
            }
        }
    }

    private Work take() {
        while (true) {
            try {
                return taken(queue.take());
            } catch (InterruptedException e) {
                // Nobody interrupts this thread on purpose: an interrupt inside of a storage call may close its file.
                LOG.debug("Ignored an interrupt");
            }
        }
    }

    private Work taken(Work work) {
        if (work instanceof Batch) {
            taken++;
            waiting.decrementAndGet();
            events.room();
        }
        return work;
    }

    /** Adds what waits, merged where it may be; answers the first work that is no batch, if any came. */
    private @Nullable Work gather(List<Batch> group) {
        for (Work work = queue.poll(); work != null; work = queue.poll()) {
            if (!(taken(work) instanceof Batch next)) {
                return work;
            }
            Batch last = group.get(group.size() - 1);
            if (last.canAbsorb(next)) {
                last.absorb(next);
            } else {
                group.add(next);
            }
        }
        return null;
    }

    private void store(List<Batch> group) {
        if (broken) {
            group.forEach(events::orphaned);
            return;
        }
        List<Batch> stored = new ArrayList<>(group.size());
        boolean fenced = false;
        try {
            boolean written = false;
            for (Batch batch : group) {
                if (store.isAbandoned()) {
                    // Those that are committed are still told of it; the rest is given up.
                    break;
                }
                written |= !batch.hasNothingToStore();
                if (!commit(batch)) {
                    fenced = true;
                    break;
                }
                stored.add(batch);
            }
            if (written) {
                long begun = System.nanoTime();
                store.sync();
                meter.synced(System.nanoTime() - begun);
            }
        } catch (RuntimeException e) {
            // Whatever a storage throws, nobody knows what it wrote: the keys will tell after loading again.
            broken = true;
            meter.failed();
            if (!(e instanceof UnavailableException)) {
                LOG.warn("A commit failed, loading again: {}", e.toString());
            }
            events.failed(group);
            return;
        }
        durable.accept(stored);
        if (fenced) {
            fenced();
        } else if (stored.size() < group.size()) {
            broken = true;
            events.failed(group.subList(stored.size(), group.size()));
        }
    }

    private void check() {
        try {
            if (!broken && !store.isOurs()) {
                fenced();
            }
        } catch (RuntimeException e) {
            // Whatever a storage throws: nothing was to be written, and the next batch tells it again.
            LOG.debug("The storage does not say whose it is", e);
        }
    }

    private void fenced() {
        LOG.info("Another writer has taken over the database");
        ended = true;
        events.fenced();
    }

    private boolean commit(Batch batch) {
        long begun = System.nanoTime();
        boolean ours = store.commit(batch);
        if (!batch.hasNothingToStore()) {
            meter.committed(System.nanoTime() - begun);
        }
        return ours;
    }

    private void load() {
        long pause = 0;
        while (!ledger.isStopped()) {
            try {
                store.load();
                broken = false;
                return;
            } catch (RuntimeException e) {
                // Whatever a storage throws: without it there is nothing to do but to try again.
                if (pause == 0) {
                    LOG.warn("The ledger cannot be loaded, trying again: {}", e.toString());
                }
                pause = ledger.pause(pause);
            }
        }
    }
}
