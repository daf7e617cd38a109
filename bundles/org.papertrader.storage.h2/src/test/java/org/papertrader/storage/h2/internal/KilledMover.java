package org.papertrader.storage.h2.internal;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.papertrader.model.Email;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.AccountStore.NewAccount;
import org.papertrader.storage.api.CommitResult;
import org.papertrader.storage.jdbc.Batches;
import org.papertrader.storage.jdbc.JdbcStorage;
import org.papertrader.storage.jdbc.MoveProgress;
import org.papertrader.storage.jdbc.StorageMove;

/**
 * Commits orders and accounts, says the number of each once it is on disk, and meanwhile moves the database from the
 * first directory to the second; until it is killed, or kills itself when a step of the move begins.
 */
final class KilledMover {
    private static final int ORDERS_BEFORE = 1_000;
    private static final int ORDERS_PER_ACCOUNT = 20;
    private static final int KILLED = 137;

    private KilledMover() {}

    public static void main(String[] arguments) throws Exception {
        Path from = Path.of(arguments[0]);
        Path to = Path.of(arguments[1]);
        String last = arguments[2];
        H2Engine engine = Engines.engine();
        JdbcStorage storage = Engines.open(from).storage();
        CountDownLatch begun = new CountDownLatch(1);
        Thread writer = new Thread(() -> write(storage, begun));
        writer.start();
        begun.await();
        System.out.println("moving");
        TargetFolder folder = TargetFolder.of(to, from);
        new StorageMove(storage, from.toString(), Clock.systemUTC(), progress(last))
                .move(engine.target(to), folder.changes());
        System.out.println("moved");
        writer.join();
    }

    private static MoveProgress progress(String last) {
        return new MoveProgress() {
            @Override
            public void step(Step step) {
                if (step.name().equals(last)) {
                    Runtime.getRuntime().halt(KILLED);
                }
            }

            @Override
            public void rows(Step step, String table, long done, long all) {
                if ((step + "." + table).equals(last)) {
                    Runtime.getRuntime().halt(KILLED);
                }
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        };
    }

    private static void write(JdbcStorage storage, CountDownLatch begun) {
        PrintStream out = System.out;
        long epoch = storage.ledger().takeEpoch();
        Batches batches = new Batches();
        for (long id = 1; ; id++) {
            if (id % 3 == 0) {
                batches.fill(id - 1, 1, id / 3);
            }
            if (!(storage.ledger().commit(epoch, batches.open(id, 1).take()) instanceof CommitResult.Committed)) {
                throw new IllegalStateException("order " + id + " was not committed");
            }
            out.println("order " + id);
            if (id % ORDERS_PER_ACCOUNT == 0) {
                String name = "user" + id / ORDERS_PER_ACCOUNT;
                storage.accounts()
                        .add(new NewAccount(new UserName(name), new Email(name + "@example.org"), null, Instant.now()));
                out.println("account " + id / ORDERS_PER_ACCOUNT);
            }
            if (id == ORDERS_BEFORE) {
                begun.countDown();
            }
        }
    }
}
