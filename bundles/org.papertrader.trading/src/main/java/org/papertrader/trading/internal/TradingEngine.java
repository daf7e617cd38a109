package org.papertrader.trading.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.BusyException;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Listeners;
import org.papertrader.gate.UnavailableException;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.Sample;
import org.papertrader.model.Asset;
import org.papertrader.model.Order;
import org.papertrader.model.Symbol;
import org.papertrader.trading.api.OrderListener;
import org.papertrader.trading.api.OrderListener.EndedOrder;

/**
 * Runs the writer, the committer and the thread that answers; counts what is under way, and sees to it that every stage
 * completes. Thread-safe.
 */
final class TradingEngine implements WriterListener {
    /** How long after {@link #stop} began something may still be begun to be written. */
    private static final long STOP_MILLIS = 2_500;

    private static final long ANSWERS_STOP_MILLIS = 300;
    private static final int ANSWER_GROUPS_MAX = 1_024;

    private final Set<Command<?>> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicInteger depth = new AtomicInteger();
    private final CountDownLatch writerEnded = new CountDownLatch(1);
    private final Supplier<TradingSettings> settings;
    private final Listeners<OrderListener> listeners;
    private final CommittedViews views;
    private final CommittedOrders orders;
    private final Lifecycle lifecycle;
    private final TradingMeter meter = new TradingMeter();
    private final Writer writer;
    private final Committer committer;
    private final Thread writerThread;
    private final Thread committerThread;
    private final ThreadPoolExecutor answers;
    private volatile @Nullable Instant lastCut;
    private volatile boolean loadedOnce;
    private volatile boolean closed;
    private volatile boolean ended;

    /** Who hears whether trading is there; called one at a time, may take a while. */
    interface Lifecycle {
        /** Everything is loaded. */
        void ready();

        /** Another writer took over, for good. */
        void gone();
    }

    TradingEngine(
            Moments moments,
            Supplier<TradingSettings> settings,
            TradingGates gates,
            CommittedViews views,
            CommittedOrders orders,
            FirstAnswers firstAnswers,
            Lifecycle lifecycle) {
        this.settings = settings;
        this.listeners = gates.listeners();
        this.views = views;
        this.orders = orders;
        this.lifecycle = lifecycle;
        this.writer = new Writer(moments, this);
        LeasedLedger ledger = new LeasedLedger(gates.store());
        BatchStore batches =
                new BatchStore(ledger, () -> settings.get().storagePatience().toNanos(), writer, firstAnswers::find);
        this.committer = new Committer(ledger, batches, views, writer, this::durable, meter);
        this.writerThread = thread(writer, "trading-writer");
        this.committerThread = thread(committer, "trading-committer");
        // Whoever is full runs the answers itself: the committer slows down instead of gathering without bound.
        this.answers = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(ANSWER_GROUPS_MAX),
                task -> thread(task, "trading-answers"),
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /** Begins to load; returns at once. */
    void start() {
        writer.start(committer);
        committerThread.start();
        writerThread.start();
    }

    /** Instead of {@link #start}: ends without having touched the storage. */
    void standBack() {
        closed = true;
        writer.abort();
        writerThread.start();
    }

    /** Finds out soon whether another writer has taken over; returns at once. */
    void check() {
        if (!closed) {
            committer.add(Work.Signal.CHECK);
        }
    }

    /**
     * Stores what was taken, within {@value #STOP_MILLIS} ms. What is being written then is waited for as long as a call
     * of the storage may last, so that those are told whose orders it commits; the rest is given up.
     */
    void stop() {
        closed = true;
        writer.finish();
        boolean interrupted = isInterrupted(() -> writerEnded.await(STOP_MILLIS, TimeUnit.MILLISECONDS));
        committer.abandon();
        committer.add(Work.Signal.FINISH);
        interrupted |= isInterrupted(() -> committerThread.join(Gate.DRAIN_LIMIT.toMillis()));
        writer.abort();
        answers.execute(this::giveUpAll);
        answers.shutdown();
        interrupted |= isInterrupted(() -> answers.awaitTermination(ANSWERS_STOP_MILLIS, TimeUnit.MILLISECONDS));
        giveUpAll();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hands a command to the writer; its stage always completes. */
    <T> CompletableFuture<T> add(Command<T> command) {
        if (closed) {
            return CompletableFuture.failedFuture(new UnavailableException("trading"));
        }
        if (depth.incrementAndGet() > settings.get().queueDepthMax()) {
            depth.decrementAndGet();
            return CompletableFuture.failedFuture(new BusyException("trading"));
        }
        underWay.add(command);
        command.result.whenComplete((value, failure) -> {
            underWay.remove(command);
            depth.decrementAndGet();
        });
        writer.add(command);
        if (ended) {
            command.giveUp();
        }
        return command.result;
    }

    long deadlineNanos() {
        return System.nanoTime() + settings.get().storagePatience().toNanos();
    }

    void cut(long intervalId) {
        writer.cut(intervalId);
        lastCut = Instant.now();
    }

    @Nullable
    Instant lastCut() {
        return lastCut;
    }

    boolean isClosed() {
        return closed;
    }

    void settle(long intervalId, Map<Symbol, Asset> prices, boolean open) {
        writer.settle(intervalId, prices, open);
    }

    /** What was counted, and the queue as it is on disk. */
    List<MetricFamily> metrics() {
        CommittedOrders.Queue queue = orders.queue();
        Instant oldest = queue.oldest();
        List<Sample> age = oldest == null
                ? List.of(Sample.of(0))
                : List.of(Sample.seconds(Map.of(), Duration.between(oldest, Instant.now())));
        List<MetricFamily> all = new ArrayList<>(meter.metrics());
        all.add(MetricFamily.gauge("papertrader_orders_open", "Orders that are open.", queue.size()));
        all.add(MetricFamily.gauge(
                "papertrader_orders_oldest_age_seconds", "Age of the oldest open order; 0 without one.", age));
        all.add(MetricFamily.gauge(
                "papertrader_queue_depth", "Orders and cancels that wait for their answer.", depth()));
        all.add(MetricFamily.gauge(
                "papertrader_queue_depth_max",
                "Most orders and cancels that may wait for their answer.",
                settings.get().queueDepthMax()));
        all.add(MetricFamily.gauge(
                "papertrader_commit_batches_waiting", "Batches that wait for their commit.", committer.waiting()));
        return all;
    }

    int depth() {
        return depth.get();
    }

    CompletableFuture<QueueStatus> inspect(QueueQuery query) {
        return writer.inspect(query);
    }

    private void durable(List<Batch> group) {
        for (Batch batch : group) {
            views.update(batch.views);
            orders.update(batch);
            meter.durable(batch);
        }
        answers.execute(() -> {
            for (Batch batch : group) {
                batch.answers.forEach(Answer::give);
            }
            for (Batch batch : group) {
                notifyListeners(batch.ended);
            }
        });
    }

    private void notifyListeners(List<EndedOrder> orders) {
        if (!orders.isEmpty()) {
            listeners.tell(listener -> listener.ended(orders));
        }
    }

    @Override
    public void loaded(List<AccountView> all, List<Order> open) {
        views.replace(all);
        orders.replace(open);
        if (!loadedOnce) {
            loadedOnce = true;
            answers.execute(lifecycle::ready);
        }
    }

    @Override
    public void announce(List<EndedOrder> orders) {
        meter.ended(orders);
        answers.execute(() -> notifyListeners(orders));
    }

    @Override
    public void fenced() {
        closed = true;
        answers.execute(this::giveUpAll);
        answers.execute(lifecycle::gone);
    }

    @Override
    public void ended() {
        closed = true;
        writerEnded.countDown();
        answers.execute(this::giveUpAll);
    }

    private void giveUpAll() {
        ended = true;
        underWay.forEach(Command::giveUp);
    }

    /** Waits; true when the thread was interrupted instead. */
    private static boolean isInterrupted(Wait wait) {
        try {
            wait.end();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Ends when what it waits for is there, or a time has passed. */
    @FunctionalInterface
    private interface Wait {
        void end() throws InterruptedException;
    }
}
