package org.papertrader.trading.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.Asset;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.LedgerBatch.IntervalRow;
import org.papertrader.storage.api.LedgerBatch.OrderRow;
import org.papertrader.storage.api.LedgerState;
import org.papertrader.trading.api.OrderListener.EndedOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer: a thread that decides everything about money, in memory, and hands it to the committer in order. It
 * never waits for the storage. When a commit fails it forgets what it decided, waits for a fresh copy, and decides again
 * what was not stored.
 */
final class Writer implements Runnable, CommitEvents {
    private static final int ROUND_MAX = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private enum Phase {
        LOADING,
        RUNNING,
        ENDED
    }

    private final Mailbox mailbox = new Mailbox();
    private final Deque<Command<?>> again = new ArrayDeque<>();
    private final List<EndedOrder> unannounced = new ArrayList<>();
    private final List<Command<?>> round = new ArrayList<>(ROUND_MAX);
    private final Moments moments;
    private final WriterListener listener;
    private volatile Phase phase = Phase.LOADING;
    private @Nullable Committer committer;
    private @Nullable Desk desk;
    private Batch draft = new Batch();
    private boolean finishing;
    private boolean finishSent;

    /** What is decided on, and by whom; replaced as a whole by loading. */
    private record Desk(WorkingCopy copy, OrderDesk orders, Intervals intervals) {}

    Writer(Moments moments, WriterListener listener) {
        this.moments = moments;
        this.listener = listener;
    }

    /** Names the committer; before both threads start. */
    void start(Committer committer) {
        this.committer = committer;
        committer.add(Work.Signal.LOAD);
    }

    void add(Command<?> command) {
        mailbox.add(command);
    }

    void cut(long intervalId) {
        post(() -> withDesk(d -> d.intervals.cut(intervalId, moments.now(), this::alone)));
    }

    void settle(long intervalId, Map<Symbol, Asset> prices, boolean open) {
        post(() -> withDesk(d -> d.intervals.settle(intervalId, prices, open, moments.now(), this::alone)));
    }

    /** Decides what waits, hands it over and ends; settlements go on under the next writer. */
    void finish() {
        post(() -> finishing = true);
    }

    /** Ends without deciding anything more. */
    void abort() {
        post(() -> phase = Phase.ENDED);
    }

    /** Tells what is decided at this moment; stays incomplete when the writer has ended. */
    CompletableFuture<QueueStatus> inspect(QueueQuery query) {
        CompletableFuture<QueueStatus> status = new CompletableFuture<>();
        post(() -> status.complete(status(query)));
        return status;
    }

    private QueueStatus status(QueueQuery query) {
        Desk current = desk;
        return current == null
                ? QueueStatus.without(phase.name(), committer())
                : QueueStatus.of(phase.name(), committer(), current.copy, current.intervals, draft.isEmpty(), query);
    }

    @Override
    public void run() {
        mailbox.open();
        try {
            work();
        } finally {
            listener.ended();
        }
    }

    private void work() {
        while (phase != Phase.ENDED) {
            boolean worked = runControl();
            if (phase == Phase.RUNNING) {
                worked |= decide();
            } else if (phase == Phase.LOADING) {
                park();
            }
            if (!worked) {
                mailbox.sleepUnless(this::hasWork);
            }
        }
    }

    private boolean runControl() {
        boolean worked = false;
        for (Runnable task = mailbox.nextTask(); task != null; task = mailbox.nextTask()) {
            worked = true;
            try {
                task.run();
            } catch (RuntimeException e) {
                // A fault in deciding: the working copy may be half changed, so it must not be built upon.
                LOG.error("Deciding failed, loading again", e);
                reload();
            }
        }
        return worked;
    }

    /** One round: some commands, then perhaps a slice. */
    private boolean decide() {
        Desk current = desk;
        if (current == null) {
            return false;
        }
        boolean worked = takeRound();
        if (worked) {
            decideRound(current);
        }
        if (phase != Phase.RUNNING) {
            return true;
        }
        if (!draft.isEmpty() && committer().hasRoom()) {
            flush();
        }
        if (finishing) {
            return endWhenIdle(worked);
        }
        if (current.intervals.hasSlice() && committer().isNearlyIdle()) {
            try {
                current.intervals.slice(moments.now(), this::alone);
            } catch (RuntimeException e) {
                // As above.
                LOG.error("Settling failed, loading again", e);
                reload();
            }
            return true;
        }
        return worked;
    }

    private boolean endWhenIdle(boolean worked) {
        if (worked || finishSent || !draft.isEmpty()) {
            return worked;
        }
        finishSent = true;
        committer().add(Work.Signal.FINISH);
        return true;
    }

    private boolean takeRound() {
        round.clear();
        while (round.size() < ROUND_MAX && !draft.isFull()) {
            Command<?> command = again.isEmpty() ? mailbox.nextCommand() : again.poll();
            if (command == null) {
                break;
            }
            round.add(command);
            if (draft.answers.size() + round.size() >= Batch.ROWS_MAX) {
                break;
            }
        }
        return !round.isEmpty();
    }

    private void decideRound(Desk current) {
        try (Moment moment = moments.withPrices()) {
            decideRound(current, moment);
        }
    }

    private void decideRound(Desk current, Moment moment) {
        for (int i = 0; i < round.size(); i++) {
            Command<?> command = round.get(i);
            try {
                decide(current, command, moment);
            } catch (RuntimeException e) {
                // A fault in deciding: the working copy may be half changed, so it must not be built upon.
                LOG.error("Deciding an order failed, loading again", e);
                command.result.completeExceptionally(e);
                again.addAll(round.subList(i + 1, round.size()));
                reload();
                return;
            }
        }
    }

    private void decide(Desk current, Command<?> command, Moment moment) {
        if (command instanceof Command.Submit submit) {
            current.orders.submit(submit, moment, draft);
        } else if (command instanceof Command.Cancel cancel) {
            current.orders.cancel(cancel, moment, draft, committer().committedOrderId());
        } else if (command instanceof Command.Open open) {
            current.orders.open(open, moment, draft);
        } else if (command instanceof Command.Hold hold) {
            current.orders.hold(hold, draft);
        }
    }

    /** Forgets what was decided but not handed over, and loads; what was handed over is stored before that. */
    private void reload() {
        List<Command<?>> lost = new ArrayList<>();
        draft.answers.forEach(answer -> lost.add(answer.command()));
        for (int i = lost.size() - 1; i >= 0; i--) {
            again.addFirst(lost.get(i));
        }
        draft = new Batch();
        if (phase == Phase.RUNNING) {
            phase = Phase.LOADING;
            desk = null;
            committer().add(Work.Signal.LOAD);
        }
    }

    private void alone(Consumer<Batch> filling) {
        flush();
        draft.keepAlone();
        filling.accept(draft);
        flush();
    }

    private void flush() {
        if (!draft.isEmpty()) {
            draft.seal();
            committer().add(draft);
        }
        draft = new Batch();
    }

    /** While there is no copy, commands wait, but not for ever. */
    private void park() {
        for (Command<?> command = mailbox.nextCommand(); command != null; command = mailbox.nextCommand()) {
            again.add(command);
        }
        for (Iterator<Command<?>> waiting = again.iterator(); waiting.hasNext(); ) {
            Command<?> command = waiting.next();
            if (command.isExpired()) {
                waiting.remove();
                command.giveUp();
            }
        }
        if (finishing) {
            phase = Phase.ENDED;
        }
    }

    private void withDesk(Consumer<Desk> task) {
        Desk current = desk;
        // Without a copy there is nothing to cut: what waits joins the next interval.
        if (current != null && !finishing) {
            task.accept(current);
        }
    }

    private Committer committer() {
        Committer known = committer;
        if (known == null) {
            throw new IllegalStateException("not started");
        }
        return known;
    }

    private void post(Runnable task) {
        mailbox.post(task);
    }

    private boolean hasWork() {
        Desk current = desk;
        return (mailbox.hasCommand() && !draft.isFull())
                || (!draft.isEmpty() && committer().hasRoom())
                || (current != null
                        && !finishing
                        && current.intervals.hasSlice()
                        && committer().isNearlyIdle());
    }

    @Override
    public void room() {
        mailbox.wake();
    }

    @Override
    public void committed(Runnable task) {
        post(() -> {
            if (phase == Phase.RUNNING) {
                task.run();
            }
        });
    }

    @Override
    public void duplicates(List<OrderRow> orders) {
        post(() -> withDesk(
                d -> orders.forEach(row -> d.orders.forget(row.order().id().value(), draft))));
    }

    @Override
    public void failed(List<Batch> batches) {
        post(() -> {
            // The draft follows as an orphan, behind those that were handed over before it.
            flush();
            reload();
            batches.forEach(this::decideAgain);
        });
    }

    @Override
    public void orphaned(Batch batch) {
        post(() -> decideAgain(batch));
    }

    private void decideAgain(Batch batch) {
        batch.answers.forEach(answer -> again.add(answer.command()));
        unannounced.addAll(batch.ended);
    }

    @Override
    public void loaded(LedgerState state, List<IntervalRow> unsettled) {
        post(() -> {
            WorkingCopy copy = new WorkingCopy(state);
            desk = new Desk(copy, new OrderDesk(copy), new Intervals(copy, unsettled));
            listener.loaded(copy.views(), copy.allOpenOrders());
            announce(copy, state.lastOrderId());
            // Under the new epoch nothing of the old one can be written any more: now the keys tell.
            again.forEach(Command::decideAgain);
            phase = Phase.RUNNING;
            Intervals.withoutPrices(unsettled).forEach(row -> alone(batch -> batch.interval(row, null)));
        });
    }

    /** Orders of failed batches that did end in the storage: their owners have not heard of it. */
    private void announce(WorkingCopy copy, long lastOrderId) {
        unannounced.removeIf(ended -> ended.transaction().order() == null
                || ended.transaction().order().value() > lastOrderId
                || copy.openOrder(ended.transaction().order().value()) != null);
        if (!unannounced.isEmpty()) {
            listener.announce(List.copyOf(unannounced));
            unannounced.clear();
        }
    }

    @Override
    public void fenced() {
        post(() -> {
            phase = Phase.ENDED;
            listener.fenced();
        });
    }

    @Override
    public void finished() {
        post(() -> phase = Phase.ENDED);
    }
}
