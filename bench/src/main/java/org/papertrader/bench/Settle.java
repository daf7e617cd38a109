package org.papertrader.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.papertrader.model.AccountId;
import org.papertrader.model.Asset;
import org.papertrader.model.Email;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Quantity;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.AccountStore;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.storage.h2.internal.BenchStorage;
import org.papertrader.storage.jdbc.JdbcStorage;
import org.papertrader.trading.api.OrderListener;
import org.papertrader.trading.api.OrderOutcome;
import org.papertrader.trading.api.OrderTicket;
import org.papertrader.trading.internal.TradingRig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The settling of many queued orders in one interval, by the real trading on a real H2 file, in this process. */
@Command(
        name = "settle",
        mixinStandardHelpOptions = true,
        description = "Queue orders of many accounts and settle them in one interval: the real trading on a real H2"
                + " file, in this process. Beside it the fastest known plain way to write as much with H2.")
final class Settle implements Callable<Integer> {
    private static final int UNDER_WAY_MAX = 20_000;
    private static final int POSITIONS_EACH = 5;
    private static final Duration STEP = Duration.ofMinutes(1);
    private static final Quantity QUANTITY = Quantity.parse("0.5");

    // Set by picocli before the command runs.
    @SuppressWarnings("NullAway")
    @Spec
    private CommandSpec spec;

    @Option(names = "--accounts", defaultValue = "10000", description = "Accounts (default: ${DEFAULT-VALUE}).")
    private int accounts;

    @Option(names = "--orders", defaultValue = "100000", description = "Orders (default: ${DEFAULT-VALUE}).")
    private int orders;

    @Option(names = "--assets", defaultValue = "500", description = "Assets (default: ${DEFAULT-VALUE}).")
    private int assets;

    @Option(names = "--rounds", defaultValue = "5", description = "Measured intervals (default: ${DEFAULT-VALUE}).")
    private int rounds;

    /** Processor seconds include what is done in the background afterwards. */
    private record Run(
            double queueSeconds,
            double queueCpuSeconds,
            double settleSeconds,
            double settleCpuSeconds,
            long syncs,
            double heapMiB) {}

    /** Counts ended orders; what is counted is on disk. */
    private static final class Ended implements OrderListener {
        private final AtomicLong filled = new AtomicLong();
        private final Semaphore all = new Semaphore(0);

        @Override
        public void ended(List<EndedOrder> ended) {
            for (EndedOrder order : ended) {
                if (order.transaction().outcome() == OrderStatus.FILLED) {
                    filled.incrementAndGet();
                }
            }
            all.release(ended.size());
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException, TimeoutException, ExecutionException, SQLException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(Machine.describe());
        try (Workspace workspace = new Workspace()) {
            Path folder = workspace.folder("database");
            try (JdbcStorage storage = BenchStorage.open(folder)) {
                List<AccountId> ids = addAccounts(storage.accounts());
                out.println(accounts + " accounts are stored");
                out.flush();
                trade(out, storage.ledger(), ids, workspace);
            }
        }
        return 0;
    }

    private List<AccountId> addAccounts(AccountStore store) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<AccountId>> futures = IntStream.rangeClosed(1, accounts)
                    .mapToObj(i -> threads.submit(() -> add(store, "user" + i)))
                    .toList();
            List<AccountId> ids = new ArrayList<>();
            for (Future<AccountId> future : futures) {
                ids.add(future.get());
            }
            return ids;
        } finally {
            threads.shutdown();
        }
    }

    private static AccountId add(AccountStore store, String name) {
        AccountStore.Added added = store.add(
                new AccountStore.NewAccount(new UserName(name), new Email(name + "@example.org"), null, Instant.now()));
        return ((AccountStore.Added.Ok) added).id();
    }

    private void trade(PrintWriter out, LedgerStore ledger, List<AccountId> ids, Workspace workspace)
            throws InterruptedException, TimeoutException, SQLException, IOException {
        List<Symbol> symbols =
                IntStream.range(0, assets).mapToObj(i -> new Symbol("A" + i)).toList();
        Ended ended = new Ended();
        try (TradingRig rig = new TradingRig(ledger, UNDER_WAY_MAX + 1, ended);
                SettleReference reference = new SettleReference(workspace.folder("reference"), accounts, assets)) {
            rig.start();
            rig.newPrices(symbols, STEP);
            Interval interval = new Interval(rig, ledger, ended, symbols);
            // Gives every account its positions, and warms up.
            interval.run(1, ids, POSITIONS_EACH * ids.size(), order -> Side.BUY);
            out.println("round  queued s  orders/s   cpu s  settled s  orders/s   cpu s  fsyncs  heap MiB"
                    + "  plain H2 s   cpu s  ratio  of cpu");
            List<Run> runs = new ArrayList<>();
            List<SettleReference.Run> plain = new ArrayList<>();
            reference.run(orders);
            for (int round = 1; round <= rounds; round++) {
                Run run = interval.run(round + 1, ids, orders, order -> order % 2 == 0 ? Side.BUY : Side.SELL);
                SettleReference.Run other = reference.run(orders);
                runs.add(run);
                plain.add(other);
                print(out, String.valueOf(round), run, other);
            }
            print(
                    out,
                    "median",
                    new Run(
                            Numbers.median(runs, Run::queueSeconds),
                            Numbers.median(runs, Run::queueCpuSeconds),
                            Numbers.median(runs, Run::settleSeconds),
                            Numbers.median(runs, Run::settleCpuSeconds),
                            (long) Numbers.median(runs, Run::syncs),
                            Numbers.median(runs, Run::heapMiB)),
                    new SettleReference.Run(
                            Numbers.median(plain, SettleReference.Run::seconds),
                            Numbers.median(plain, SettleReference.Run::cpuSeconds)));
        }
    }

    private void print(PrintWriter out, String round, Run run, SettleReference.Run plain) {
        out.println(Numbers.format(
                "%6s %8.2f %,9.0f %7.2f %10.2f %,9.0f %7.2f %7d %9.0f %11.2f %7.2f %6.2f %7.2f",
                round,
                run.queueSeconds(),
                orders / run.queueSeconds(),
                run.queueCpuSeconds(),
                run.settleSeconds(),
                orders / run.settleSeconds(),
                run.settleCpuSeconds(),
                run.syncs(),
                run.heapMiB(),
                plain.seconds(),
                plain.cpuSeconds(),
                run.settleSeconds() / plain.seconds(),
                run.settleCpuSeconds() / plain.cpuSeconds()));
        out.flush();
    }

    /** Which side an order is, by its number. */
    private interface Sides {
        Side of(int order);
    }

    private record Interval(TradingRig rig, LedgerStore ledger, Ended ended, List<Symbol> symbols) {
        private static final long LIMIT_MINUTES = 5;

        Run run(long id, List<AccountId> ids, int count, Sides sides) throws InterruptedException, IOException {
            double cpuBefore = Machine.ownCpuSeconds();
            long queued = System.nanoTime();
            queue(ids, count, sides);
            double queueSeconds = (System.nanoTime() - queued) / 1e9;
            awaitBackground();
            double queueCpu = Machine.ownCpuSeconds() - cpuBefore;
            Map<Symbol, Asset> prices = rig.newPrices(symbols, STEP);
            System.gc();
            resetPeaks();
            long filled = ended.filled.get();
            long syncs = ledger.syncs();
            double cpu = Machine.ownCpuSeconds();
            long start = System.nanoTime();
            rig.intervals().cut(id);
            rig.intervals().settle(id, prices, true);
            if (!ended.all.tryAcquire(count, LIMIT_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("not all orders were settled");
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            if (ended.filled.get() - filled != count) {
                throw new IOException("only " + (ended.filled.get() - filled) + " of " + count + " orders were filled");
            }
            long synced = ledger.syncs() - syncs;
            double heap = peakMiB();
            awaitBackground();
            return new Run(queueSeconds, queueCpu, seconds, Machine.ownCpuSeconds() - cpu, synced, heap);
        }

        /** Waits until no changes are being folded, so that nothing of one measurement runs within the next. */
        private static void awaitBackground() {
            while (Thread.getAllStackTraces().entrySet().stream()
                    .anyMatch(thread ->
                            thread.getKey().getName().equals("storage-fold") && isWorking(thread.getValue()))) {
                LockSupport.parkNanos(1_000_000);
            }
        }

        private static boolean isWorking(StackTraceElement[] stack) {
            return Stream.of(stack).noneMatch(frame -> frame.getMethodName().equals("getTask"));
        }

        private void queue(List<AccountId> ids, int count, Sides sides) throws InterruptedException, IOException {
            Semaphore underWay = new Semaphore(UNDER_WAY_MAX);
            AtomicLong refused = new AtomicLong();
            for (int i = 0; i < count; i++) {
                int account = i % ids.size();
                int turn = i / ids.size();
                // An account sells what it bought: the same few assets in every interval.
                Symbol symbol = symbols.get((account * 7 + turn % POSITIONS_EACH) % symbols.size());
                underWay.acquire();
                rig.trading()
                        .submit(rig.caller(ids.get(account)), new OrderTicket(sides.of(turn), symbol, QUANTITY, null))
                        .whenComplete((outcome, failure) -> {
                            if (!(outcome instanceof OrderOutcome.Accepted)) {
                                refused.incrementAndGet();
                            }
                            underWay.release();
                        });
            }
            underWay.acquire(UNDER_WAY_MAX);
            if (refused.get() > 0) {
                throw new IOException(refused.get() + " orders were refused");
            }
        }

        private static void resetPeaks() {
            heap().forEach(MemoryPoolMXBean::resetPeakUsage);
        }

        private static double peakMiB() {
            return heap().stream()
                            .mapToLong(pool -> pool.getPeakUsage().getUsed())
                            .sum()
                    / 1048576.0;
        }

        private static List<MemoryPoolMXBean> heap() {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .toList();
        }
    }
}
